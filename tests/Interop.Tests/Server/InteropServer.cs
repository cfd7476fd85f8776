using System.Net;
using Exporter.Interop.Frames;
using Exporter.Interop.Stage;
using Exporter.Interop.Suite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Interop.Server;

/// <summary>Our server of the suite: Kestrel on free loopback ports, in clear and with TLS, with a journal of the frames of its calls.</summary>
internal sealed class InteropServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InteropServer(WebApplication app) => _app = app;

    public Dictionary<Transport, Uri> Addresses => _app.Urls.Select(url => new Uri(url))
        .ToDictionary(url => url.Scheme == Uri.UriSchemeHttps ? Transport.Tls : Transport.Clear);

    public FrameJournal Journal => _app.Services.GetRequiredService<FrameJournal>();

    public static async Task<InteropServer> StartAsync(StageCertificate certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Certificate, tls =>
            {
                tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                tls.ClientCertificateValidation = (shown, _, _) => certificate.IsShownBy(shown);
            }));
        });
        builder.Services.AddSingleton<FrameJournal>();
        builder.Services.AddGrpc();
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton<HealthSwitch.Check>();
        builder.Services.AddGrpcHealthChecks(health => health.Services.Map("grpc.testing.TestService", _ => true))
            .AddCheck<HealthSwitch.Check>("switch");
        var app = builder.Build();
        var journal = app.Services.GetRequiredService<FrameJournal>();
        app.Use((http, next) => FrameRecorder.RecordAsync(http, journal, next));
        app.MapGrpcService<TestServer>();
        app.MapGrpcService<HealthSwitch>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
