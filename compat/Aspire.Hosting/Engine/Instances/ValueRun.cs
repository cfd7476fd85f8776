using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>A resource that is only a value: it is there, or it is missing.</summary>
internal sealed class ValueRun(ResourceInstance instance, RunServices services) : IRun
{
    public IResource Resource => instance.Resource;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await services.Secrets.LearnAsync(instance.Resource, stopping).ConfigureAwait(false);
            var value = await ((IValueProvider)instance.Resource).GetValueAsync(stopping).ConfigureAwait(false);
            instance.Change(snapshot => snapshot with { EnvironmentVariables = [new("Value", value, IsFromSpec: true)] });
            instance.Enter(KnownResourceStates.Running);
        }
        catch (DistributedApplicationException fault)
        {
            instance.Enter(KnownResourceStates.FailedToStart, fault.Message);
            EngineLog.Failed(services.Log, instance.Resource.Name, fault.Message);
        }
    }

    public Task StopAsync(TimeSpan atMost) => Task.CompletedTask;
}
