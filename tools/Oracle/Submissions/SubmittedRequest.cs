using Exporter.Reports.V1;

namespace Exporter.Oracle.Submissions;

/// <summary>Reports that are taken together or not at all.</summary>
internal sealed class SubmittedRequest(long number, string? apiKey, string? idempotencyKey)
{
    private volatile bool isAcknowledged;

    public long Number => number;

    public string? ApiKey => apiKey;

    /// <summary>Null for a client that never resends.</summary>
    public string? IdempotencyKey => idempotencyKey;

    public List<Report> Messages { get; } = [];

    public List<SubmittedReport> Reports { get; } = [];

    /// <summary>Whether a client was told that all of it is safe.</summary>
    public bool IsAcknowledged => isAcknowledged;

    public void Acknowledge() => isAcknowledged = true;
}
