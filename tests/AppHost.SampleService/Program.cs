using System.Collections;
using System.Diagnostics;

// A service that does as it is told: says what it was given, turns ill, dies, leaves a child behind.
if (args is ["job", var code, ..])
{
    Console.WriteLine($"The job ends with {code}.");
    return int.Parse(code);
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
var isWell = !args.Contains("ill");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value));
app.MapGet("/process", () => Environment.ProcessId);
app.MapGet("/health", () => isWell ? Results.Ok() : Results.StatusCode(503));
app.MapPost("/ill", () => isWell = false);
app.MapPost("/well", () => isWell = true);
app.MapPost("/say", (string line) => Console.WriteLine(line));
app.MapPost("/exit", (int code) => Environment.Exit(code));
app.MapPost("/child", () => Process.Start(new ProcessStartInfo("setsid") { ArgumentList = { "sleep", "1000" } })!.Id);
await app.RunAsync();
return 0;
