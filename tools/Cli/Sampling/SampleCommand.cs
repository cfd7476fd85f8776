using System.CommandLine;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Values;
using Exporter.Reports.V1;
using Exporter.Samples;

namespace Exporter.Cli.Sampling;

internal static class SampleCommand
{
    private const int MessagesPerSecond = 10;

    private static readonly Option<int> Count = CountOption.Of("--count", "How many reports.", 100);

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "The same seed and --now make the same reports.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DateTimeOffset?> Now = new("--now")
    {
        Description = "The reports were observed in the eight hours before. [the present]",
    };

    private static readonly Option<int?> Rate = new("--rate") { Description = "Reports a second. [as fast as it goes]" };

    private static readonly Option<int> Batch = CountOption.Of("--batch", "Reports in one request or stream message at most.", 100, 10_000);

    private static readonly Option<string> Key = new("--key") { Description = "API key with which they are sent." };

    private static readonly Option<bool> Ndjson = new("--ndjson") { Description = "One report a line instead of one document." };

    private static readonly Option<string> To = new("--to") { Description = "Send to Ingest by gRPC, such as http://127.0.0.1:8081." };

    private static readonly Option<string> Http = new("--http") { Description = "Send to Ingest by HTTP, such as http://127.0.0.1:8080." };

    static SampleCommand() => Rate.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var rate) && rate < 1)
            result.AddError($"--rate must be 1 or more, found {rate}.");
    });

    public static Command Of(Shell shell)
    {
        var command = shell.Local(
            "sample",
            "Makes realistic reports up: to standard output as geosubmit v2 JSON, or straight to Ingest.",
            [Count, Seed, Now, Rate, Batch, Key, Ndjson, To, Http],
            (parse, screen, cancel) => RunAsync(parse, screen, shell.Clock, cancel));
        command.Validators.Add(result =>
        {
            if (result.GetValue(To) is not null && result.GetValue(Http) is not null)
                result.AddError("--to and --http exclude each other.");
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Screen screen, TimeProvider clock, CancellationToken cancel)
    {
        var samples = new SampleReports(parse.GetValue(Seed), parse.GetValue(Now) ?? clock.GetUtcNow());
        var count = parse.GetValue(Count);
        if (parse.GetValue(To) is null && parse.GetValue(Http) is null)
        {
            Print(samples, count, parse.GetValue(Ndjson));
            return Shell.Done;
        }

        await using var sink = SinkOf(parse, cancel);
        var totals = new SampleTotals { TellsDropped = sink is StreamSink };
        var pace = new Pace(parse.GetValue(Rate), clock);
        try
        {
            await SampleProgress.RunAsync(count, totals, () => SendAsync(samples, count, SizeOf(parse), pace, sink, totals, cancel));
        }
        finally
        {
            totals.Show(screen, pace.Elapsed);
        }

        return Shell.Done;
    }

    private static void Print(SampleReports samples, int count, bool lines)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var reports = Enumerable.Range(0, count).Select(_ => samples.Next());
        if (lines)
            SampleDocument.WriteLines(output, reports);
        else
            SampleDocument.Write(output, reports);
    }

    private static ISampleSink SinkOf(ParseResult parse, CancellationToken cancel) =>
        parse.GetValue(To) is { } address
            ? new StreamSink(address, parse.GetValue(Key), cancel)
            : new HttpSink(parse.GetRequiredValue(Http), parse.GetValue(Key));

    // Small enough that a slow rate still flows.
    private static int SizeOf(ParseResult parse) =>
        Math.Min(parse.GetValue(Batch), Math.Max(1, (parse.GetValue(Rate) ?? int.MaxValue) / MessagesPerSecond));

    private static async Task SendAsync(
        SampleReports samples, int count, int size, Pace pace, ISampleSink sink, SampleTotals totals, CancellationToken cancel)
    {
        for (long sent = 0; sent < count;)
        {
            await pace.WaitAsync(sent, cancel);
            IReadOnlyList<Report> reports = samples.Next((int)Math.Min(size, count - sent));
            await sink.SendAsync(reports, totals.Add, cancel);
            sent += reports.Count;
        }

        await sink.FinishAsync(cancel);
    }
}
