using System.Net;
using Exporter.Admin.V1;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Queries;
using Exporter.Router.Admin;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Admin.Tests.Stand;

// AdminService on a real Kestrel, over stores in memory.
internal sealed class AdminServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ListedLog _log = new();
    private readonly List<GrpcChannel> _channels = [];

    private AdminServer(string folder)
    {
        Folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Exporter:AdminTokenFile"] = TokenFile,
            ["Exporter:FileRoots:0"] = Folder,
        });
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<IApiKeyStore>(Keys);
        builder.Services.AddSingleton<IExportStore>(Exports);
        builder.Services.AddSingleton<IDeliveryQueries>(Queries);
        builder.Services.AddSingleton<IDeadLetterStore>(DeadLetters);
        builder.Services.AddSingleton<IRetainedBatchStore>(Retained);
        builder.Services.AddSingleton<IExportProbe>(Probe);
        builder.AddAdmin();
        _app = builder.Build();
        _app.MapAdmin();
    }

    public string Folder { get; }

    public string TokenFile => Path.Combine(Folder, "admin.token");

    public string Address => _app.Urls.First();

    public MemoryKeys Keys { get; } = new();

    public MemoryExports Exports { get; } = new();

    public MemoryQueries Queries { get; } = new();

    public MemoryDeadLetters DeadLetters { get; } = new();

    public MemoryRetained Retained { get; } = new();

    public IReadOnlyList<string> Log => _log.Sentences;

    public PlannedProbe Probe { get; } = new();

    public AdminService.AdminServiceClient Client => ClientWith($"Bearer {AdminTokenFile.Read(TokenFile)}");

    public static async Task<AdminServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("exporter-admin-").FullName;
        AdminTokenFile.EnsureExists(Path.Combine(folder, "admin.token"));
        var server = new AdminServer(folder);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public AdminService.AdminServiceClient ClientWith(string? authorization)
    {
        var channel = GrpcChannel.ForAddress(Address);
        _channels.Add(channel);
        return new AdminService.AdminServiceClient(channel.Intercept(metadata =>
        {
            if (authorization is not null)
                metadata.Add("authorization", authorization);
            return metadata;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
