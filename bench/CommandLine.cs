using Exporter.Bench.Calls;
using Exporter.Bench.Ceilings;
using Exporter.Bench.Figures;
using Exporter.Bench.Postgres;
using Exporter.Bench.Runs;
using Exporter.Bench.Services;

namespace Exporter.Bench;

/// <summary>bench COMMAND [--write] [--seconds N] …: runs figures and prints each beside its ceiling.</summary>
internal static class CommandLine
{
    private static readonly (string Name, string What, Func<RunOptions, Page, Task> Run)[] Commands =
    [
        ("ceilings", "what one core, the disk and Kestrel can do", Ceilings.Ceilings.RunAsync),
        ("codecs", "block codecs compared (ADR 0003)", BlockCodecs.RunAsync),
        ("ingest-stream", "StreamReports, durable answers", IngestStream.RunAsync),
        ("end-to-end", "gRPC stream to gzipped objects on disk", EndToEnd.RunAsync),
        ("http-single", "one report a request, 64 connections", HttpSingle.RunAsync),
        ("grpc-unary", "gRPC calls of 100 bytes, 64 at a time", GrpcUnary.RunAsync),
        ("grpc-echo", "bidirectional gRPC messages of 64 kB", GrpcEcho.RunAsync),
        ("latency", "100-report requests at half load", Latency.RunAsync),
        ("isolation", "a healthy export beside a partner that hangs", Isolation.RunAsync),
        ("batch-memory", "one batch of 1,000,000 reports", BatchMemory.RunAsync),
        ("postgres", "the store on PostgreSQL alone", PostgresRun.RunAsync),
        ("services", "the services on PostgreSQL, RabbitMQ, Redis and an S3 double", ServicesRun.RunAsync),
        ("rest", "memory at rest after start", Rest.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [KestrelHandler.Command, ..])
            return await KestrelHandler.RunAsync(args);
        if (args is [CallServer.Command, ..])
            return await CallServer.RunAsync(args);
        if (args is [ObjectSink.Command, ..])
            return await ObjectSink.RunAsync();

        var wanted = args.Length == 0 ? [] : args[0] == "all" ? Commands : [.. Commands.Where(command => command.Name == args[0])];
        if (wanted.Length == 0 || RunOptions.Parse(args.AsSpan(1)) is not { } options)
        {
            PrintUsage();
            return 2;
        }

        var page = Page.Begin(args);
        foreach (var (name, what, run) in wanted)
        {
            page.Section(name, what);
            await run(options, page);
        }

        if (options.Write)
            page.Append();
        return 0;
    }

    private static void PrintUsage()
    {
        Console.WriteLine("dotnet run -c Release --project bench -- COMMAND [options]");
        foreach (var (name, what, _) in Commands)
            Console.WriteLine($"  {name,-14} {what}");
        Console.WriteLine($"  {"all",-14} every one of them");
        Console.WriteLine(RunOptions.Usage);
    }
}
