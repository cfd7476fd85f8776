using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.Doorbells;
using Exporter.S3Export;
using Exporter.ServiceDefaults;

return await Probe.RunAsync(args) ?? await StartFaults.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddPostgresStore();
    builder.Services.AddRabbitMqDoorbells(builder.Configuration, DoorbellQueue.Deliver(ExportKind.S3));
    builder.Services.AddDelivery(builder.Configuration);
    builder.AddS3Export();
    var doors = Doors.Open(builder, Door.Http);

    var app = builder.Build();
    app.UseDoors(doors, "S3Export");
    app.MapDefaultEndpoints().AtDoor(Door.Http);
    await app.RunAsync();
});
