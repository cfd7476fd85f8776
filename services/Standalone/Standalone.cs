using Exporter.Doorbells;
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
        builder.AddIngest();
        var doors = Doors.Open(builder);

        var app = builder.Build();
        await FirstStart.PrepareAsync(app.Services, folder);
        app.UseRouting();
        app.UseDoorGate();
        foreach (var endpoints in app.MapDefaultEndpoints())
            endpoints.AtDoor(Doors.Http);
        app.MapIngestHttp().AtDoor(Doors.Http);
        app.MapIngestGrpc().AtDoor(Doors.Grpc);
        app.MapAdmin().AtDoor(Doors.Admin);
        foreach (var endpoints in app.MapGrpcDefaults())
            endpoints.AtDoor(Doors.Grpc, Doors.Admin);
        app.Lifetime.ApplicationStarted.Register(() => doors.Announce(folder));
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
