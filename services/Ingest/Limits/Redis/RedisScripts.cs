namespace Exporter.Ingest.Limits.Redis;

/// <summary>What runs inside Redis, each as one step: nothing is written without a time to live.</summary>
internal static class RedisScripts
{
    /// <summary>
    /// Adds ARGV[1] and answers the total. Where Redis has lost what it once answered, ARGV[2], that is put back first.
    /// Kept for ARGV[3] seconds.
    /// </summary>
    public const string Add =
        """
        local least = ARGV[1] + ARGV[2]
        local total = redis.call('INCRBY', KEYS[1], ARGV[1])
        if total < least then total = redis.call('INCRBY', KEYS[1], least - total) end
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return total
        """;

    /// <summary>Adds ARGV[2], … to a HyperLogLog, kept for ARGV[1] seconds.</summary>
    public const string Note =
        """
        redis.call('PFADD', KEYS[1], unpack(ARGV, 2))
        return redis.call('EXPIRE', KEYS[1], ARGV[1])
        """;
}
