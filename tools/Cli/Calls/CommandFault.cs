namespace Exporter.Cli.Calls;

// Why a command failed, for people.
internal sealed class CommandFault(IReadOnlyList<string> sentences) : Exception(string.Join(' ', sentences))
{
    public CommandFault(string sentence)
        : this([sentence])
    {
    }

    public IReadOnlyList<string> Sentences => sentences;
}
