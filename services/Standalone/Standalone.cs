using Exporter.Doorbells;
using Exporter.Ingest;
using Exporter.Router;
using Exporter.Router.Admin;
using Exporter.S3Export;
using Exporter.ServiceDefaults;
using Exporter.Storage;
using Exporter.Storage.Sqlite;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Exporter.Standalone;

/// <summary>All services in one process, on the embedded defaults.</summary>
internal static class Standalone
{
    private const string Http = "http";
    private const string Grpc = "grpc";
    private const string AdminDoor = "admin";

    public static async Task<WebApplication> BuildStandaloneAsync(this WebApplicationBuilder builder)
    {
        var options = Settings.Read(builder.Configuration);
        var folder = DataFolder.Take(options.DataFolder);
        var store = await SqliteStore.OpenAsync(folder.Database, ReadStoreOptions(builder.Configuration), TimeProvider.System);
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddSqliteStore(store);
        builder.Services.AddInMemoryDoorbells();
        builder.AddServiceDefaults();
        builder.AddRouter();
        builder.AddAdmin();
        builder.AddS3Export();
        builder.AddIngest();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));

        var app = builder.Build();
        await FirstStart.PrepareAsync(app.Services, folder);
        app.UseRouting();
        app.UseDoorGate();
        foreach (var endpoints in app.MapDefaultEndpoints())
            endpoints.AtDoor(Http);
        app.MapIngestHttp().AtDoor(Http);
        app.MapIngestGrpc().AtDoor(Grpc);
        app.MapAdmin().AtDoor(AdminDoor);
        app.Lifetime.ApplicationStarted.Register(() => Announcement.Write(app, folder));
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, StandaloneOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        kestrel.Listen(options.ListenAddress, options.HttpPort, listener => listener.AsDoor(Http).Protocols = HttpProtocols.Http1);
        kestrel.Listen(options.ListenAddress, options.GrpcPort, listener => listener.AsDoor(Grpc).Protocols = HttpProtocols.Http2);
        kestrel.Listen(options.AdminListenAddress, options.AdminPort, listener => listener.AsDoor(AdminDoor).Protocols = HttpProtocols.Http2);
    }

    private static SqliteOptions ReadStoreOptions(ConfigurationManager configuration)
    {
        var options = new SqliteOptions();
        configuration.GetSection("Store").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var problems = options.Problems("Store").ToList();
        return problems.Count == 0 ? options : throw new OptionsValidationException("Store", typeof(SqliteOptions), problems);
    }
}
