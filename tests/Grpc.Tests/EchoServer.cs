using System.Net;
using Exporter.Echo.V1;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Grpc;

/// <summary>A real Kestrel on a free loopback port, with the echo service.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app, ErrorLog errors)
    {
        _app = app;
        Errors = errors.Lines;
        Address = app.Urls.Single();
        Channel = GrpcChannel.ForAddress(Address);
        Client = new(Channel);
    }

    public string Address { get; }

    public GrpcChannel Channel { get; }

    public EchoService.EchoServiceClient Client { get; }

    /// <summary>What the server said at level Error and above.</summary>
    public IReadOnlyCollection<string> Errors { get; }

    public EchoJournal Journal => Get<EchoJournal>();

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? configure = null,
        Action<ListenOptions>? listen = null,
        Action<IServiceCollection>? add = null,
        Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var errors = new ErrorLog();
        builder.Logging.ClearProviders().AddProvider(errors);
        listen ??= options => options.Protocols = HttpProtocols.Http2;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen));
        builder.Services.AddSingleton<EchoJournal>();
        builder.Services.AddGrpc(configure ?? (_ => { }));
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<Echo>();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, errors);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
