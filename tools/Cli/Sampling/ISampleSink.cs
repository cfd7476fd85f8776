using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Cli.Sampling;

// Takes samples to Ingest; answers may come later than the call.
internal interface ISampleSink : IAsyncDisposable
{
    Task SendAsync(IReadOnlyList<Report> reports, Action<int, SubmitReportsResponse> answered, CancellationToken cancel);

    Task FinishAsync(CancellationToken cancel);
}
