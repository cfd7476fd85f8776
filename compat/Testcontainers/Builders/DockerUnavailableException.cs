namespace DotNet.Testcontainers.Builders;

/// <summary>Neither Docker nor a program of this machine can do what is asked.</summary>
public sealed class DockerUnavailableException : Exception
{
    /// <summary>Says why, and what to do.</summary>
    public DockerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what to do.</summary>
    public DockerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
