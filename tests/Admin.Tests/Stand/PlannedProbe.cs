using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.Admin.Tests.Stand;

internal sealed class PlannedProbe : IExportProbe
{
    public ProbeResult Result { get; set; } = new(
        [new ProbeStep("write", true, "An object of 1 KiB was written.")], ConditionalPut.PutOnly);

    public Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel) => Task.FromResult(Result);
}
