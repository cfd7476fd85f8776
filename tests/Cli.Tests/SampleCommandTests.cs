using System.Text;
using Exporter.Cli.Sampling;
using Exporter.Geosubmit;
using Exporter.Samples;

namespace Exporter.Cli.Tests;

public sealed class SampleCommandTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private CountingIngest? _ingest;

    private CountingIngest Ingest => _ingest!;

    public async ValueTask InitializeAsync() => _ingest = await CountingIngest.StartAsync();

    public async ValueTask DisposeAsync() => await Ingest.DisposeAsync();

    [Fact]
    public async Task A_document_reads_back_as_the_reports_that_the_seed_makes()
    {
        var run = (await RunAsync("--count", "50", "--seed", "9", "--now", "2026-11-22T08:00:00Z")).ShouldSucceed();
        var document = GeosubmitReader.Read(Encoding.UTF8.GetBytes(run.Output), GeosubmitVersion.V2, Now)
            .ShouldBeOfType<GeosubmitReading.Document>();
        document.Rejected.ShouldBeEmpty();
        document.Accepted.Select(accepted => accepted.Report).ShouldBe(new SampleReports(9, Now).Next(50));
    }

    [Fact]
    public async Task Lines_hold_one_report_each()
    {
        var run = (await RunAsync("--count", "50", "--seed", "9", "--ndjson", "--now", "2026-11-22T08:00:00Z")).ShouldSucceed();
        run.Lines.Length.ShouldBe(50);
        run.Lines.ShouldAllBe(line => line.StartsWith("{\"timestamp\":") && line.EndsWith('}'));
        (await RunAsync("--count", "50", "--seed", "9", "--ndjson", "--now", "2026-11-22T08:00:00Z")).Output.ShouldBe(run.Output);
    }

    [Fact]
    public async Task Reports_go_to_ingest_by_grpc_and_the_totals_are_told()
    {
        var run = (await RunAsync("--to", Ingest.GrpcAddress, "--count", "1050", "--seed", "4", "--now", "2026-11-22T08:00:00Z", "--key",
            "field-team-7")).ShouldSucceed();
        Ingest.Reports.ShouldBe(new SampleReports(4, Now).Next(1050));
        Ingest.Key.ShouldBe("field-team-7");
        run.Lines[..6].ShouldBe(
            ["Sent         1,050", "Accepted     1,028", "Rejected     11", "Sampled out  0", "Dropped      11",
                "Dropped for  too-old 11"]);
        run.Lines[6].ShouldStartWith("Reports/s");
    }

    [Fact]
    public async Task Machines_get_the_totals_as_json()
    {
        var json = (await RunAsync("--to", Ingest.GrpcAddress, "--count", "10", "--json")).ShouldSucceed().Json;
        json.GetProperty("sent").GetInt64().ShouldBe(10);
        json.GetProperty("accepted").GetInt64().ShouldBe(8);
        json.GetProperty("droppedByReason").GetProperty("too-old").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Reports_go_to_ingest_by_http()
    {
        var run = (await RunAsync("--http", Ingest.HttpAddress, "--count", "250", "--batch", "100", "--key", "field-team-7"))
            .ShouldSucceed();
        Ingest.HttpSizes.ShouldBe([100, 100, 50]);
        Ingest.Key.ShouldBe("field-team-7");
        run.Lines[..3].ShouldBe(["Sent       250", "Accepted   247 (or dropped: HTTP answers don't tell)", "Rejected   3"]);
    }

    [Fact]
    public async Task A_slow_rate_flows_in_small_messages()
    {
        (await RunAsync("--to", Ingest.GrpcAddress, "--count", "30", "--rate", "100")).ShouldSucceed();
        Ingest.MessageSizes.ShouldBe([10, 10, 10]);
    }

    [Fact]
    public async Task A_rate_is_held_from_the_start_and_not_from_message_to_message()
    {
        var clock = new JumpingClock();
        var pace = new Pace(50, clock);
        await pace.WaitAsync(0, TestContext.Current.CancellationToken);
        pace.Elapsed.ShouldBe(TimeSpan.Zero);
        await pace.WaitAsync(100, TestContext.Current.CancellationToken);
        pace.Elapsed.ShouldBe(TimeSpan.FromSeconds(2));
        clock.Pass(TimeSpan.FromSeconds(5));
        await pace.WaitAsync(300, TestContext.Current.CancellationToken);
        pace.Elapsed.ShouldBe(TimeSpan.FromSeconds(7));
        await pace.WaitAsync(400, TestContext.Current.CancellationToken);
        pace.Elapsed.ShouldBe(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_store_that_is_full_ends_it_with_its_own_words_and_what_was_accepted()
    {
        Ingest.Room = 300;
        var grpc = await RunAsync("--to", Ingest.GrpcAddress, "--count", "5000");
        grpc.ExitCode.ShouldBe(1);
        grpc.Error.ShouldBe("The store is nearly full. Try again later.\n");
        grpc.Lines[0].ShouldBe("Sent         300");

        var http = await RunAsync("--http", Ingest.HttpAddress, "--count", "5000");
        http.ExitCode.ShouldBe(1);
        http.Error.ShouldBe($"{Ingest.HttpAddress} answered 503: busy It asks to try again after 30s.\n");
    }

    [Fact]
    public async Task An_ingest_that_is_not_there_is_named()
    {
        var (http, grpc) = (Ingest.HttpAddress, Ingest.GrpcAddress);
        await Ingest.DisposeAsync();
        (await RunAsync("--http", http)).Error.ShouldStartWith($"{http} can't be reached: Connection refused");
        (await RunAsync("--to", grpc)).Error.ShouldStartWith($"{grpc} can't be reached: Connection refused");
    }

    private static Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync(NoSettings, "", ["sample", .. args]);
}
