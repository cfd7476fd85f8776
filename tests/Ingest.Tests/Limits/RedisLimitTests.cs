namespace Exporter.Ingest.Limits;

/// <summary>The contract, counted in Redis.</summary>
public sealed class RedisLimitTests(RedisFixture redis) : LimitContract, IClassFixture<RedisFixture>
{
    private protected override void Prepare(IngestHost host) => redis.Server.Share(host);
}
