using System.Net;
using Exporter.Ingest.V1;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Reports.V1;
using Exporter.Samples;
using Exporter.TestKit.Processes;
using Grpc.Net.Client;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>Standalone's gRPC door: every layer that a caller can reach.</summary>
internal sealed class StandaloneTarget : Target
{
    private const int MessagesOfStream = 8;
    private const int DifferentReports = 200;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Store__MinFreeBytes"] = "1048576",
        ["Store__MinFreePercent"] = "0",
    };

    private readonly string folder;
    private readonly StandaloneProcess process;
    private readonly GrpcChannel channel;
    private readonly SampleReports samples;
    private readonly TimeProvider clock;

    private StandaloneTarget(StandaloneProcess process, string folder, TimeProvider clock)
    {
        this.process = process;
        this.folder = folder;
        this.clock = clock;
        channel = GrpcChannel.ForAddress(process.Addresses.Grpc);
        samples = new(seed: 1, clock.GetUtcNow());
        Methods = IngestMethod.All(new SampleReports(seed: 2, clock.GetUtcNow()).Next(DifferentReports));
        Memory = new(process.Id);
    }

    public override IPEndPoint Endpoint => new(IPAddress.Loopback, process.Addresses.Grpc.Port);

    public override IReadOnlyList<TargetMethod> Methods { get; }

    public override ProcessMemory Memory { get; }

    public override Task<int> Ended => process.Ended;

    protected override IEnumerable<string> Lines => process.Output.Concat(process.Errors).Where(line => !line.Contains("Exporter.Router.Admin.", StringComparison.Ordinal));

    public override IEnumerable<HealthyClient> Clients => [new(SubmitAsync, clock), new(StreamAsync, clock)];

    public static async Task<Target> StartAsync(TimeProvider clock, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("exporter-fuzz-").FullName;
        var process = await StandaloneProcess.StartAsync(folder, Settings);
        using var door = AdminDoor.Of(process);
        await door.Client.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: cancel);
        var nothing = ExportPlan.All.Single(export => !export.HasObjects);
        await door.Client.CreateExportAsync(new() { Export = nothing.ToExport(null) }, cancellationToken: cancel);
        return new StandaloneTarget(process, folder, clock);
    }

    public override void Leave()
    {
        base.Leave();
        channel.Dispose();
    }

    public override Task<int> StopAsync(TimeSpan atMost) => process.StopAsync(atMost);

    public override async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task SubmitAsync(CancellationToken cancel)
    {
        var request = new SubmitReportsRequest { Reports = { Next(1) } };
        var answer = await new IngestService.IngestServiceClient(channel).SubmitReportsAsync(request, cancellationToken: cancel);
        Check(answer, 1);
    }

    private async Task StreamAsync(CancellationToken cancel)
    {
        using var call = new IngestService.IngestServiceClient(channel).StreamReports(cancellationToken: cancel);
        for (var number = 1; number <= MessagesOfStream; number++)
        {
            await call.RequestStream.WriteAsync(new() { SequenceNumber = number, Reports = { Next(2) } }, cancel);
            if (!await call.ResponseStream.MoveNext(cancel) || call.ResponseStream.Current.SequenceNumber != number)
                throw new InvalidOperationException($"Message {number} was not answered.");
            Check(call.ResponseStream.Current.Result, 2);
        }

        await call.RequestStream.CompleteAsync();
        if (await call.ResponseStream.MoveNext(cancel))
            throw new InvalidOperationException("More was answered than was asked.");
    }

    private IReadOnlyList<Report> Next(int count)
    {
        lock (samples)
            return samples.Next(count);
    }

    private static void Check(SubmitReportsResponse answer, int reports)
    {
        if (answer.AcceptedCount != reports)
            throw new InvalidOperationException($"Of {reports} reports {answer.AcceptedCount} were accepted: {answer}");
    }
}
