using System.Net;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Wakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Ingest;

/// <summary>Ingest on real Kestrel, free ports, with stores in memory.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private WebApplication app = null!;

    public MemoryBlockStore Store { get; } = new();

    public MemoryKeyStore Keys { get; } = new();

    public ShiftedClock Clock { get; } = new();

    public ILimitStore? Limits { get; init; }

    public IUserStore? Users { get; set; }

    public LogLines Logs { get; } = new();

    public Dictionary<string, string?> Settings { get; } = [];

    public Action<KestrelServerOptions>? Kestrel { get; set; }

    public double Chance { get; set; }

    /// <summary>What is called after AddIngest.</summary>
    public Action<WebApplicationBuilder>? Compose { get; set; }

    public HttpClient Http { get; private set; } = null!;

    public Uri HttpAddress { get; private set; } = null!;

    public Uri GrpcAddress { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public static async Task<IngestHost> StartAsync(Action<IngestHost>? change = null, ILimitStore? limits = null)
    {
        var host = new IngestHost { Limits = limits };
        change?.Invoke(host);
        await host.RunAsync();
        return host;
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.AddProvider(Logs);
        builder.WebHost.UseKestrel(kestrel =>
        {
            Kestrel?.Invoke(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IBlockStore>(Store);
        builder.Services.AddSingleton<IApiKeyStore>(Keys);
        builder.Services.AddSingleton<IDoorbell, SilentDoorbell>();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<Func<double>>(() => Chance);
        if (Limits is not null)
            builder.Services.AddSingleton(Limits);
        if (Users is not null)
            builder.Services.AddSingleton(Users);
        builder.AddIngest();
        Compose?.Invoke(builder);

        app = builder.Build();
        app.MapIngestHttp();
        app.MapIngestGrpc();
        await app.StartAsync();

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (HttpAddress, GrpcAddress) = (new(addresses[0]), new(addresses[1]));
        Http = new() { BaseAddress = HttpAddress };
    }
}
