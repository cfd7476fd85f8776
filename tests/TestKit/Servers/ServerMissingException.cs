namespace Exporter.TestKit.Servers;

/// <summary>A server that a test needs is not to be had. xunit skips the test for this beginning of the message, and CI fails on skips.</summary>
public sealed class ServerMissingException : Exception
{
    private const string SkipMark = "$XunitDynamicSkip$";

    /// <summary>Of a server that neither the environment, nor this machine, nor Docker has.</summary>
    public ServerMissingException(string reason, Exception cause)
        : base($"{SkipMark}{reason}", cause)
    {
    }

    /// <summary>Of a program that a test must start, stop and kill by itself.</summary>
    public ServerMissingException(string package)
        : base($"{SkipMark}Needs the programs of Debian's package '{package}', to stop and kill them. Run ./test.sh, which installs it.")
    {
    }

    /// <summary>The same, told to another test.</summary>
    public ServerMissingException(ServerMissingException told)
        : base(told.Message, told)
    {
    }
}
