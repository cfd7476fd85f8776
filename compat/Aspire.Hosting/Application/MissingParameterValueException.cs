namespace Aspire.Hosting;

/// <summary>A parameter or a connection string that the configuration does not have.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>With a sentence.</summary>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and a cause.</summary>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
