using System.Net;
using Exporter.EchoTarget;
using Microsoft.AspNetCore.Server.Kestrel.Core;

using var load = new ServerLoad();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, 0, door => door.Protocols = HttpProtocols.Http2);
    kestrel.Listen(IPAddress.Loopback, 0, door => door.Protocols = HttpProtocols.Http1);
});
builder.Services.AddGrpc(grpc => grpc.ResponseCompressionAlgorithm = "gzip");
await using var app = builder.Build();
app.MapGrpcService<EchoDoor>();
app.MapGet("/load", () => load.Read());
await app.StartAsync();
Console.WriteLine($"Listens: {string.Join(' ', app.Urls)}");
await app.WaitForShutdownAsync();
