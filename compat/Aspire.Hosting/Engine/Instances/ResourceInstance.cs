using System.Collections.Immutable;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Logs;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>One running, or not yet running, piece of a resource, and what is told of it.</summary>
internal sealed class ResourceInstance
{
    private const string IdLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 8;
    private readonly ResourceNotificationService notifications;
    private readonly Lock changing = new();

    public ResourceInstance(IResource resource, int index, ResourceNotificationService notifications, ResourceLoggerService logs)
    {
        Resource = resource;
        Index = index;
        this.notifications = notifications;
        Id = $"{resource.Name.ToLowerInvariant()}-{RandomNumberGenerator.GetString(IdLetters, IdLength)}";
        Log = logs.Of(Id);
        Snapshot = new() { ResourceType = TypeOf(resource), State = KnownResourceStates.NotStarted };
        notifications.Publish(new(resource, Id, Snapshot));
    }

    public IResource Resource { get; }

    /// <summary>Which of the replicas, from 0.</summary>
    public int Index { get; }

    public string Id { get; }

    public ResourceLog Log { get; }

    public CustomResourceSnapshot Snapshot { get; private set; }

    public bool HasEnded => KnownResourceStates.TerminalStates.Contains(Snapshot.State!.Text);

    public void Change(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (changing)
        {
            var next = change(Snapshot);
            if (next.HealthReports.SequenceEqual(Snapshot.HealthReports))
                next = next with { HealthReports = Snapshot.HealthReports };
            if (next == Snapshot)
                return;

            Snapshot = next;
            notifications.Publish(new(Resource, Id, next));
        }
    }

    public void Enter(string state, string? detail = null) => Change(snapshot => snapshot with { State = new(state, StyleOf(state)), Detail = detail });

    public void Tell(ImmutableArray<HealthReportSnapshot> reports) => Change(snapshot => snapshot with { HealthReports = reports });

    private static string? StyleOf(string state) => state switch
    {
        "Running" or "Finished" => "success",
        "FailedToStart" => "error",
        _ => null,
    };

    private static string TypeOf(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        IResourceWithConnectionString => "ConnectionString",
        ParameterResource => "Parameter",
        _ => resource.GetType().Name,
    };
}
