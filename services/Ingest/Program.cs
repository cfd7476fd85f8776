using Exporter.Doorbells;
using Exporter.Ingest;
using Exporter.Ingest.Limits.Redis;
using Exporter.ServiceDefaults;

return await Probe.RunAsync(args) ?? await StartFaults.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddPostgresStore();
    builder.Services.AddRabbitMqDoorbells(builder.Configuration);
    builder.AddIngest();
    builder.AddSharedLimits("redis");
    var doors = Doors.Open(builder, Door.Http, Door.Grpc);

    var app = builder.Build();
    app.UseDoors(doors, "Ingest");
    app.MapDefaultEndpoints().AtDoor(Door.Http);
    app.MapIngestHttp().AtDoor(Door.Http);
    app.MapIngestGrpc().AtDoor(Door.Grpc);
    app.MapGrpcDefaults().AtDoor(Door.Grpc);
    await app.RunAsync();
});
