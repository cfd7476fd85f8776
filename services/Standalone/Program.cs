using Exporter.Standalone;

return await StartUp.RunAsync(args, async settings =>
{
    var builder = settings.CreateBuilder();
    await using var app = await builder.BuildStandaloneAsync();
    await app.RunAsync();
});
