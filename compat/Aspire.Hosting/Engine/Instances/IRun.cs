using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>The life of an instance.</summary>
internal interface IRun
{
    IResource Resource { get; }

    /// <summary>Lives until it has ended for good, or the application stops; what runs then runs on.</summary>
    Task RunAsync(CancellationToken stopping);

    /// <summary>Ends what runs. Called after <see cref="RunAsync"/> has returned.</summary>
    Task StopAsync(TimeSpan atMost);
}
