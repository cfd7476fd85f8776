using Exporter.Bench.V1;

namespace Exporter.Bench.Calls;

/// <summary>Ways to call Check.</summary>
internal interface IUnaryCaller : IDisposable
{
    Task<Verdict> CheckAsync(Reading reading);
}
