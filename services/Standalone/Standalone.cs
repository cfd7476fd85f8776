using Exporter.Doorbells;
using Exporter.GeosubmitExport;
using Exporter.Ingest;
using Exporter.Router;
using Exporter.Router.Admin;
using Exporter.S3Export;
using Exporter.ServiceDefaults;
using Exporter.Storage;
using Exporter.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Exporter.Standalone;

/// <summary>All services in one process, on the embedded defaults.</summary>
internal static class Standalone
{
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
        builder.AddGeosubmitExport();
        builder.AddIngest();
        var doors = Doors.Open(builder, Door.Http, Door.Grpc, Door.Admin);

        var app = builder.Build();
        await FirstStart.PrepareAsync(app.Services, folder);
        app.UseRouting();
        app.UseDoorGate();
        app.MapDefaultEndpoints().AtDoor(Door.Http);
        app.MapIngestHttp().AtDoor(Door.Http);
        app.MapIngestGrpc().AtDoor(Door.Grpc);
        app.MapAdmin().AtDoor(Door.Admin);
        app.MapGrpcDefaults().AtDoor(Door.Grpc, Door.Admin);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(
            $"Exporter listens: HTTP {doors.AddressOf(Door.Http)}, gRPC {doors.AddressOf(Door.Grpc)}, admin {doors.AddressOf(Door.Admin)}. Data: {folder.Path}"));
        return app;
    }

    private static SqliteOptions ReadStoreOptions(ConfigurationManager configuration)
    {
        var options = new SqliteOptions();
        configuration.GetSection("Store").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var problems = options.Problems("Store").ToList();
        return problems.Count == 0 ? options : throw new OptionsValidationException("Store", typeof(SqliteOptions), problems);
    }
}
