using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Sending;
using Exporter.TestKit.Batches;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exporter.GeosubmitExport;

public sealed class AddGeosubmitExportTests
{
    [Fact]
    public async Task The_kind_has_a_sender_and_a_probe_and_kinds_without_destination_need_none()
    {
        using var host = Build([]);
        await host.StartAsync(TestContext.Current.CancellationToken);
        var (factory, probe) = (host.Services.GetServices<IBatchSenderFactory>().ShouldHaveSingleItem(), host.Services.GetRequiredService<IExportProbe>());
        var export = TestExports.ToPartner("https://127.0.0.1:9/");

        factory.Kind.ShouldBe(ExportKind.Geosubmit);
        factory.Create(export).ShouldNotBeNull();
        (await probe.CheckAsync(export, TestContext.Current.CancellationToken)).Passed.ShouldBeFalse();
        (await probe.CheckAsync(export with { Kind = ExportKind.Dummy }, TestContext.Current.CancellationToken)).Passed.ShouldBeTrue();
        (await probe.CheckAsync(export with { Kind = ExportKind.S3 }, TestContext.Current.CancellationToken)).Passed.ShouldBeFalse();
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Faulty_options_stop_the_start_with_every_fault_as_a_sentence()
    {
        using var host = Build(new() { ["Exporter:RequestTimeout"] = "00:20:00", ["Exporter:AllowedHosts:0"] = "https://partner" });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        fault.Failures.ShouldBe(
        [
            "'Exporter:RequestTimeout' must be longer than zero and at most 00:10:00, found 00:20:00.",
            "'Exporter:AllowedHosts' must hold host names or addresses without scheme, port or path, found 'https://partner'.",
        ]);
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddGeosubmitExport();
        return builder.Build();
    }
}
