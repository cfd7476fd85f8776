using System.Globalization;
using System.Net;
using Exporter.Bench.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.Bench.Calls;

/// <summary>CheckService on Kestrel's cleartext HTTP/2, by gRPC's packages or by hand, as a process of its own.</summary>
internal sealed class CallServer : IAsyncDisposable
{
    public const string Command = "call-server";
    private const string Bare = "bare";
    private readonly ChildProcess process;
    private readonly HttpClient http = new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private CallServer(ChildProcess process, string address)
    {
        this.process = process;
        Address = new(address);
    }

    public Uri Address { get; }

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public static async Task<CallServer> StartAsync(bool isBare)
    {
        var process = new ChildProcess(Environment.ProcessPath!, isBare ? [Command, Bare] : [Command]);
        return new(process, await process.FirstLineAsync());
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true));
        if (args.Contains(Bare))
        {
            app.MapPost("/exporter.bench.v1.CheckService/Check", (RequestDelegate)BareHandlers.CheckAsync);
            app.MapPost("/exporter.bench.v1.CheckService/Echo", (RequestDelegate)BareHandlers.EchoAsync);
        }
        else
        {
            app.MapGrpcService<CheckService>();
        }

        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.First()));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Bytes that the process has allocated since it began.</summary>
    public async Task<long> ReadAllocatedAsync() =>
        long.Parse(await http.GetStringAsync(new Uri(Address, "/allocated")), CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return process.DisposeAsync();
    }
}
