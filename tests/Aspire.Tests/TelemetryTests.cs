using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Exporter.Delivery.Telemetry;
using Exporter.ServiceDefaults;
using Exporter.TestKit.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using StackExchange.Redis;
using IServer = Microsoft.AspNetCore.Hosting.Server.IServer;

namespace Exporter.Aspire;

/// <summary>What the clients tell arrives at an OTLP collector, through the defaults of every service.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string RedisSource = "OpenTelemetry.Instrumentation.StackExchangeRedis";
    private readonly ConcurrentQueue<(string Path, string Body)> received = new();
    private WebApplication collector = null!;
    private RedisServer redis = null!;
    private PostgresServer postgres = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        postgres = await PostgresServer.StartAsync();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await collector.DisposeAsync();
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Commands_and_statements_are_traced_and_measured()
    {
        await WorkAsync();

        Has("/v1/traces", RedisSource).ShouldBeTrue();
        Has("/v1/traces", "SETEX").ShouldBeTrue();
        Has("/v1/traces", "select 42").ShouldBeTrue();
        Has("/v1/metrics", "db.client").ShouldBeTrue();
        received.ShouldAllBe(request => !request.Body.Contains("a-secret-value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_can_be_switched_off()
    {
        await WorkAsync(
            ("Aspire:StackExchange:Redis:DisableTracing", "true"), ("Aspire:Npgsql:DisableTracing", "true"), ("Aspire:Npgsql:DisableMetrics", "true"));

        Has("/v1/traces", "some work").ShouldBeTrue();
        Has("/v1/traces", RedisSource).ShouldBeFalse();
        Has("/v1/traces", "select 42").ShouldBeFalse();
        Has("/v1/metrics", "db.client").ShouldBeFalse();
    }

    private bool Has(string path, string text) =>
        received.Any(request => request.Path == path && request.Body.Contains(text, StringComparison.Ordinal));

    private async Task WorkAsync(params (string Key, string? Value)[] settings)
    {
        var address = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        {
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["ConnectionStrings:postgres"] = postgres.ConnectionString,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.AddRedisClient("redis");
        builder.AddNpgsqlDataSource("postgres");
        await using var app = builder.Build();
        await app.StartAsync();
        using (ExporterMeter.Activities.StartActivity("some work"))
        {
            await app.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync("name", "a-secret-value", TimeSpan.FromMinutes(1));
            await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 42");
            await command.ExecuteScalarAsync();
        }

        await app.StopAsync();
    }
}
