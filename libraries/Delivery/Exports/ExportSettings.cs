using Exporter.Delivery.Objects;

namespace Exporter.Delivery.Exports;

/// <summary>Which reports an export takes, how it batches them and where they go.</summary>
public sealed record ExportSettings
{
    /// <summary>s3://, file:// or https:// by kind; empty for dummy and internal. Secrets stand as {secret:name}.</summary>
    public string Url { get; init; } = "";

    /// <summary>Reports at which a batch is sealed; 0 seals by age only.</summary>
    public int BatchReports { get; init; } = 1000;

    /// <summary>Age of the oldest waiting report at which a batch is sealed.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Packed bytes at which a batch is sealed.</summary>
    public long MaxBatchBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>API keys whose reports are not exported.</summary>
    public IReadOnlyList<string> SkipKeys { get; init; } = [];

    /// <summary>Sources whose reports are not exported.</summary>
    public IReadOnlyList<string> SkipSources { get; init; } = [];

    /// <summary>Batches delivered at the same time over all instances.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Attempts after which a batch becomes a dead letter; 0 never.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Age since sealing at which a batch that fails once more becomes a dead letter; zero never.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.Zero;

    /// <summary>Cap of a batch's first back-off, which doubles with each attempt; null: the service's own.</summary>
    public TimeSpan? FirstBackOff { get; init; }

    /// <summary>The largest cap of a batch's back-off; null: the service's own.</summary>
    public TimeSpan? LongestBackOff { get; init; }

    /// <summary>
    /// Name of a secret with certificates in PEM: the authorities that alone may have signed the destination's; empty: the machine's.
    /// </summary>
    public string AuthoritySecret { get; init; } = "";

    /// <summary>How long blocks of delivered batches are kept.</summary>
    public TimeSpan RetainDelivered { get; init; } = TimeSpan.Zero;

    /// <summary>What happens above <see cref="MaxWaitingReports"/>.</summary>
    public FullPolicy FullPolicy { get; init; } = FullPolicy.Wait;

    /// <summary>The export's own limit; 0 is none.</summary>
    public long MaxWaitingReports { get; init; }

    /// <summary>For kind s3.</summary>
    public ObjectSettings Objects { get; init; } = new();
}
