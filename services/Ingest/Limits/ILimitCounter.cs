namespace Exporter.Ingest.Limits;

/// <summary>Counts requests by API key and path, for the daily limit.</summary>
internal interface ILimitCounter
{
    /// <summary>Counts one more and returns how many there were today (UTC), this one among them.</summary>
    ValueTask<long> CountAsync(string key, string path, CancellationToken cancel);
}
