namespace Exporter.Ingest;

/// <summary>The section <c>Ingest:Limits</c>.</summary>
internal sealed record LimitOptions
{
    /// <summary>The largest HTTP body or gRPC message, as it is sent.</summary>
    public int MaxBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>The largest HTTP body, unpacked.</summary>
    public int MaxUnpackedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Memory for the bodies of all HTTP requests together; beyond it requests are refused for a while.</summary>
    public long MaxHeldBodyBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The most reports in a request or stream message, at most 10,000.</summary>
    public int MaxReports { get; init; } = MostReports;

    /// <summary>Requests and stream messages of one client address in a minute; 0 is no limit.</summary>
    public int RequestsPerMinutePerAddress { get; init; }

    /// <summary>How long a request waits at most for counts that instances share.</summary>
    public TimeSpan SharedCountTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Whether requests that have a limit are refused while shared counts can't be reached. Otherwise each instance holds the
    /// limits by what it knows and counts itself.
    /// </summary>
    public bool RefuseWithoutSharedCounts { get; init; }

    public const int MostReports = 10_000;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(10);

    public IEnumerable<string> Problems(string key)
    {
        if (MaxBodyBytes < 1024)
            yield return $"'{key}:MaxBodyBytes' must be at least 1024, found {MaxBodyBytes}.";
        if (MaxUnpackedBytes < MaxBodyBytes)
            yield return $"'{key}:MaxUnpackedBytes' must be at least MaxBodyBytes ({MaxBodyBytes}), found {MaxUnpackedBytes}.";
        if (MaxHeldBodyBytes < 4L * MaxUnpackedBytes)
            yield return $"'{key}:MaxHeldBodyBytes' must be at least 4 times MaxUnpackedBytes ({MaxUnpackedBytes}), found {MaxHeldBodyBytes}.";
        if (MaxReports is < 1 or > MostReports)
            yield return $"'{key}:MaxReports' must be from 1 to {MostReports}, found {MaxReports}.";
        if (RequestsPerMinutePerAddress < 0)
            yield return $"'{key}:RequestsPerMinutePerAddress' must be 0 (off) or more, found {RequestsPerMinutePerAddress}.";
        if (SharedCountTimeout < ShortestTimeout || SharedCountTimeout > LongestTimeout)
            yield return $"'{key}:SharedCountTimeout' must be from {ShortestTimeout} to {LongestTimeout}, found {SharedCountTimeout}.";
    }
}
