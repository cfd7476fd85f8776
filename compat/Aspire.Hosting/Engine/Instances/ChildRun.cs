using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>A resource that lives in another: a database in its server. It is there when the other is, and it has been made.</summary>
internal sealed class ChildRun(ResourceInstance instance, RunServices services, ResourceNotificationService notifications) : IRun
{
    private static readonly TimeSpan UntilHealthy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(2);
    private bool isMade;

    public IResource Resource => instance.Resource;

    public async Task RunAsync(CancellationToken stopping)
    {
        var parent = ((IResourceWithParent)instance.Resource).Parent;
        try
        {
            while (true)
            {
                var snapshot = notifications.Current().FirstOrDefault(known => ReferenceEquals(known.Resource, parent))?.Snapshot;
                await FollowAsync(parent, snapshot, stopping).ConfigureAwait(false);
                await Task.Delay(instance.Snapshot.HealthStatus == HealthStatus.Healthy ? WhenHealthy : UntilHealthy, services.Clock, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops, and the parent with it.
        }
    }

    public Task StopAsync(TimeSpan atMost)
    {
        instance.Enter(KnownResourceStates.Exited);
        return Task.CompletedTask;
    }

    private async Task FollowAsync(IResource parent, CustomResourceSnapshot? snapshot, CancellationToken stopping)
    {
        if (!isMade && snapshot?.HealthStatus == HealthStatus.Healthy)
            await MakeAsync(stopping).ConfigureAwait(false);

        if (snapshot?.State?.Text == KnownResourceStates.FailedToStart)
            instance.Enter(KnownResourceStates.FailedToStart, $"'{parent.Name}' could not be started.");
        else if (isMade && snapshot?.State is { } state)
            await ShowAsync(state.Text, stopping).ConfigureAwait(false);
        else if (instance.Snapshot.State?.Text != KnownResourceStates.Waiting)
            instance.Enter(KnownResourceStates.Waiting, $"Waits for {parent.Name}.");
    }

    private async Task MakeAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var ready in instance.Resource.Annotations.OfType<ReadyAnnotation>())
                await ready.MakeAsync(stopping).ConfigureAwait(false);
            isMade = true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var sentence = services.Secrets.InText(fault.Message);
            instance.Log.Add(sentence, isError: true);
            instance.Enter(KnownResourceStates.Waiting, sentence);
        }
    }

    private async Task ShowAsync(string state, CancellationToken stopping)
    {
        var reports = await services.Health.ReadAsync(instance.Resource, new Dictionary<EndpointAnnotation, int>(), stopping).ConfigureAwait(false);
        instance.Change(snapshot => snapshot with { HealthReports = reports });
        instance.Enter(state);
    }
}
