namespace Aspire.Hosting;

/// <summary>The application is described wrongly, or something that it needs is missing.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With a sentence.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and a cause.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
