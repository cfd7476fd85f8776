using System.Buffers;
using System.Net;
using Exporter.Bench.Server;
using Exporter.Geosubmit;

namespace Exporter.Bench.Ceilings;

/// <summary>A bare Kestrel that reads the same requests and answers {}: what HTTP itself costs. Runs as a process of its own.</summary>
internal sealed class KestrelHandler : IAsyncDisposable
{
    public const string Command = "kestrel-handler";
    private const string Parses = "parses";
    private readonly ChildProcess process;

    private KestrelHandler(ChildProcess process, string address)
    {
        this.process = process;
        Http = IPEndPoint.Parse(new Uri(address).Authority);
    }

    public IPEndPoint Http { get; }

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public static async Task<KestrelHandler> StartAsync(bool parses)
    {
        var process = new ChildProcess(Environment.ProcessPath!, parses ? [Command, Parses] : [Command]);
        return new(process, await process.FirstLineAsync());
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parses = args.Contains(Parses);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/v2/geosubmit", http => AnswerAsync(http, parses));
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.First()));
        await app.RunAsync();
        return 0;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http, bool parses)
    {
        var length = (int)http.Request.ContentLength!.Value;
        var body = ArrayPool<byte>.Shared.Rent(length);
        await http.Request.Body.ReadExactlyAsync(body.AsMemory(0, length));
        var isRead = !parses
            || GeosubmitReader.Read(body.AsSpan(0, length), GeosubmitVersion.V2, TimeProvider.System.GetUtcNow()) is GeosubmitReading.Document;
        ArrayPool<byte>.Shared.Return(body);
        http.Response.StatusCode = isRead ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 2;
        await http.Response.Body.WriteAsync("{}"u8.ToArray());
    }
}
