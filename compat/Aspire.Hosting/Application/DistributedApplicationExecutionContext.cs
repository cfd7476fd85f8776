namespace Aspire.Hosting;

/// <summary>What the application is built for.</summary>
/// <param name="operation">The purpose.</param>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>The purpose.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether it is to be published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether it is to run here.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}
