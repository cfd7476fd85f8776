using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Exporter.Bench.Figures;
using Exporter.Bench.Runs;

namespace Exporter.Bench.Server;

/// <summary>The Release build of Standalone as a process of its own, on free ports and a data folder that goes with it.</summary>
internal sealed partial class StandaloneServer : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly bool isKept;

    private StandaloneServer(ChildProcess process, string folder, Match addresses, bool isKept)
    {
        this.process = process;
        this.isKept = isKept;
        Folder = folder;
        Http = IPEndPoint.Parse(new Uri(addresses.Groups["http"].Value).Authority);
        Grpc = addresses.Groups["grpc"].Value;
        Admin = new(addresses.Groups["admin"].Value, Path.Combine(folder, "admin.token"));
    }

    public string Folder { get; }

    public IPEndPoint Http { get; }

    public string Grpc { get; }

    public AdminClient Admin { get; }

    public ProcessMemory Memory => new(process.Id);

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public static async Task<StandaloneServer> StartAsync(RunOptions options, IReadOnlyDictionary<string, string>? settings = null)
    {
        var program = Path.Combine(Repository.Root, "services", "Standalone", "bin", "Release", "net10.0", "Exporter.Standalone");
        if (!File.Exists(program))
            throw new FileNotFoundException($"'{program}' is not there. Run bench with -c Release and without --no-build first.");

        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"exporter-bench-{Environment.ProcessId}-{Stopwatch.GetTimestamp()}")).FullName;
        var process = new ChildProcess(program, ["--data", folder, "--http-port", "0", "--grpc-port", "0", "--admin-port", "0"], settings);
        var line = await process.FirstLineAsync();
        var addresses = Addresses().Match(line);
        return addresses.Success
            ? new(process, folder, addresses, options.Keep)
            : throw new InvalidOperationException($"Standalone said '{line}' instead of where it listens.");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await process.DisposeAsync();
        if (isKept)
            Console.WriteLine($"  Kept: {Folder}");
        else
            Directory.Delete(Folder, recursive: true);
    }

    [GeneratedRegex("HTTP (?<http>[^,]+), gRPC (?<grpc>[^,]+), admin (?<admin>[^.]+\\.[^.]+\\.[^.]+\\.[^.]+)\\.")]
    private static partial Regex Addresses();
}
