using Exporter.Delivery.Exports;
using Exporter.Doorbells;
using Exporter.GeosubmitExport;
using Exporter.Router;
using Exporter.Router.Admin;
using Exporter.S3Export;
using Exporter.ServiceDefaults;

return await StartFaults.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddPostgresStore();
    builder.Services.AddRabbitMqDoorbells(builder.Configuration, DoorbellQueue.RouteReports, DoorbellQueue.Deliver(ExportKind.Dummy));
    builder.AddRouter();
    builder.AddAdmin();
    builder.AddS3Probe().AddGeosubmitProbe();
    var doors = Doors.Open(builder, Door.Http, Door.Admin);

    var app = builder.Build();
    app.UseDoors(doors, "Router");
    app.MapDefaultEndpoints().AtDoor(Door.Http);
    app.MapAdmin().AtDoor(Door.Admin);
    app.MapGrpcDefaults().AtDoor(Door.Admin);
    await app.RunAsync();
});
