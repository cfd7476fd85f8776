using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exporter.Delivery.Exports;

/// <summary>
/// The exports in use: an immutable snapshot, exchanged whole when their revision changes. When it can't be read, the last
/// good one stays, and that is said once.
/// </summary>
public sealed partial class ExportSnapshots(IExportStore store, TimeProvider clock, ILogger<ExportSnapshots> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private volatile ExportSnapshot current = ExportSnapshot.Empty;
    private bool isFailing;
    private long refusedRevision = -1;

    /// <summary>The snapshot in use.</summary>
    public ExportSnapshot Current => current;

    /// <summary>Called after every exchange.</summary>
    public event Action? Changed;

    /// <summary>Reads the exports if their revision is another than that in use.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        if (await store.ReadRevisionAsync(cancel) == current.Revision)
            return;

        var offered = await store.LoadAsync(cancel);
        if (offered.Revision <= current.Revision)
            return;

        var problems = Problems(offered);
        if (problems.Count > 0)
        {
            if (current.Revision < 0)
                throw new InvalidOperationException($"The stored exports can't be used. {string.Join(' ', problems)} Change them with 'exporter exports update'.");
            if (refusedRevision != offered.Revision)
                Refused(log, offered.Revision, problems.Count, current.Revision, problems[0]);
            refusedRevision = offered.Revision;
            return;
        }

        current = offered;
        Changed?.Invoke();
    }

    // Where files may lie is each service's own setting, and is checked when they are written.
    private static List<string> Problems(ExportSnapshot offered) =>
    [
        .. offered.ById.Values.SelectMany(export => ExportProblems.Of(export, ["/"])
            .Select(problem => $"Export '{export.Name}', {problem.Field}: {problem.Sentence}")),
    ];

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isFailing)
                    NotRead(log, current.Revision, e);
                isFailing = true;
            }
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, EventName = "ExportConfigUnread", Message =
        "Export configurations can't be read. Revision {Revision} stays in use.")]
    private static partial void NotRead(ILogger log, long revision, Exception e);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Error, EventName = "ExportConfigRefused", Message =
        "Export configuration {Revision} was refused with {Problems} problem(s). Revision {InUse} stays in use. {First}")]
    private static partial void Refused(ILogger log, long revision, int problems, long inUse, string first);
}
