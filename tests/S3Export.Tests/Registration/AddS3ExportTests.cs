using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Sending;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exporter.S3Export.Tests.Registration;

public sealed class AddS3ExportTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("exporter-host-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_batch_goes_where_it_was_frozen_to_whatever_the_export_says_now()
    {
        await using var s3 = await S3Double.StartAsync();
        var secrets = Directory.CreateDirectory(Path.Combine(root, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "s3"), "key\nsecret\n", TestContext.Current.CancellationToken);
        using var host = Build(new() { ["Exporter:FileRoots:0"] = root, ["Exporter:AllowedHosts:0"] = "127.0.0.1", ["Exporter:SecretsFolder"] = secrets });
        await host.StartAsync(TestContext.Current.CancellationToken);
        var factory = host.Services.GetServices<IBatchSenderFactory>().ShouldHaveSingleItem();
        var toBucket = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var moved = toBucket with { Settings = toBucket.Settings with { Url = $"file://{root}/objects" } };

        factory.Kind.ShouldBe(ExportKind.S3);
        var first = await factory.Create(moved).SendAsync(TestBatch.Seal(toBucket, 2).Attempt(moved), TestContext.Current.CancellationToken);
        var second = await factory.Create(moved).SendAsync(TestBatch.Seal(moved, 2).Attempt(moved), TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        first.ShouldBeOfType<Outcome.Delivered>();
        second.ShouldBeOfType<Outcome.Delivered>();
        s3.Objects.Count.ShouldBe(1);
        Directory.GetFiles(Path.Combine(root, "objects")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Faulty_options_stop_the_start_with_every_fault_as_a_sentence()
    {
        using var host = Build(new() { ["Exporter:FileRoots:0"] = "data", ["Exporter:AllowedHosts:0"] = "http://minio" });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        fault.Failures.ShouldBe(
        [
            "'Exporter:FileRoots' must hold absolute folders, found 'data'.",
            "'Exporter:AllowedHosts' must hold host names or addresses without scheme, port or path, found 'http://minio'.",
        ]);
    }

    [Fact]
    public async Task Without_roots_the_data_folder_is_the_root()
    {
        using var host = Build(new() { ["Exporter:DataFolder"] = root });
        var probe = host.Services.GetRequiredService<IExportProbe>();

        (await probe.CheckAsync(TestExports.ToFolder($"{root}/objects"), TestContext.Current.CancellationToken)).Passed.ShouldBeTrue();
        (await probe.CheckAsync(TestExports.ToFolder("/opt/objects"), TestContext.Current.CancellationToken)).Passed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(ExportKind.Dummy, true)]
    [InlineData(ExportKind.Internal, true)]
    [InlineData(ExportKind.Geosubmit, false)]
    public async Task Other_kinds_have_no_destination_to_try_out_here(ExportKind kind, bool passed)
    {
        using var host = Build([]);
        var probe = host.Services.GetRequiredService<IExportProbe>();

        var result = await probe.CheckAsync(TestExports.ToFolder(root) with { Kind = kind }, TestContext.Current.CancellationToken);

        result.Passed.ShouldBe(passed);
        result.ConditionalPut.ShouldBe(ConditionalPut.Unknown);
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddS3Export();
        return builder.Build();
    }
}
