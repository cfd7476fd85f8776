namespace Exporter.Ingest.Limits;

/// <summary>The contract, counted in this process.</summary>
public sealed class ProcessLimitTests : LimitContract
{
    private protected override void Prepare(IngestHost host)
    {
    }
}
