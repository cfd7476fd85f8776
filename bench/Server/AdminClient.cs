using Exporter.Admin.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Bench.Server;

/// <summary>What a run needs of AdminService: keys, exports, the books.</summary>
internal sealed class AdminClient(string address, string tokenFile, string exportName = AdminClient.Example) : IDisposable
{
    /// <summary>The export that <see cref="CreatePartnerAsync"/> makes.</summary>
    public const string Partner = "partner";

    private const string Example = "archive-example";
    private readonly GrpcChannel channel = GrpcChannel.ForAddress(address);
    private AdminService.AdminServiceClient Service => new(channel);

    public async Task<IReadOnlyList<string>> CreateKeysAsync(int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => $"bench-{i}").ToList();
        foreach (var key in keys)
            await Service.CreateApiKeyAsync(new() { ApiKey = new() { Key = key, SubmitSamplePercent = 100 } }, Token());
        return keys;
    }

    /// <summary>Makes the export, to a bucket.</summary>
    public async Task CreateBucketExportAsync(string url, ObjectSettings objects, int concurrency) => await Service.CreateExportAsync(
        new() { Export = new() { Name = exportName, Kind = ExportKind.S3, Enabled = true, Settings = new() { Url = url, Object = objects, Concurrency = concurrency } } }, Token());

    /// <summary>Makes the export seal and compress as the run wants it.</summary>
    public async Task SetBatchAsync(int reports, TimeSpan maxDelay, string level)
    {
        var export = await Service.GetExportAsync(new() { Export = exportName }, Token());
        export.Settings.BatchReports = reports;
        export.Settings.MaxDelay = Duration.FromTimeSpan(maxDelay);
        export.Settings.MaxBatchBytes = 2L * 1024 * 1024 * 1024;
        export.Settings.Object.CompressionLevel = level == "optimal" ? CompressionLevel.Optimal : CompressionLevel.Fastest;
        await Service.UpdateExportAsync(new() { Export = export }, Token());
    }

    /// <summary>Takes the export out of the way, so that only Ingest works.</summary>
    public async Task DisableExportAsync()
    {
        var export = await Service.GetExportAsync(new() { Export = exportName }, Token());
        export.Enabled = false;
        await Service.UpdateExportAsync(new() { Export = export }, Token());
    }

    /// <summary>A second export for the same reports, to a partner whose authority stands in the secret <c>authority</c>.</summary>
    public async Task CreatePartnerAsync(string url, int reports) => await Service.CreateExportAsync(
        new()
        {
            Export = new()
            {
                Name = Partner,
                Kind = ExportKind.Geosubmit,
                Enabled = true,
                Settings = new() { Url = url, BatchReports = reports, MaxDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)), AuthoritySecret = "authority" },
            },
        },
        Token());

    /// <summary>Keeps everything for the partner, and sends nothing.</summary>
    public async Task PausePartnerAsync() => await Service.PauseExportAsync(new() { Export = Partner }, Token());

    public async Task<Books> BooksAsync(string? export = null) =>
        (await Service.GetStatusAsync(new(), Token())).Books.FirstOrDefault(books => books.ExportName == (export ?? exportName)) ?? new();

    public void Dispose() => channel.Dispose();

    private Metadata Token() => new() { { "authorization", $"Bearer {File.ReadAllText(tokenFile).Trim()}" } };
}
