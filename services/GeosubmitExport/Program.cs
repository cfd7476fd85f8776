using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.Doorbells;
using Exporter.GeosubmitExport;
using Exporter.ServiceDefaults;

return await Probe.RunAsync(args) ?? await StartFaults.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddPostgresStore();
    builder.Services.AddRabbitMqDoorbells(builder.Configuration, DoorbellQueue.Deliver(ExportKind.Geosubmit));
    builder.Services.AddDelivery(builder.Configuration);
    builder.AddGeosubmitExport();
    var doors = Doors.Open(builder, Door.Http);

    var app = builder.Build();
    app.UseDoors(doors, "GeosubmitExport");
    app.MapDefaultEndpoints().AtDoor(Door.Http);
    await app.RunAsync();
});
