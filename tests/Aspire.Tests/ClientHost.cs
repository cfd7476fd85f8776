using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Exporter.Aspire;

/// <summary>A started host with clients in it.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    private readonly IHost host;

    private ClientHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public static async Task<ClientHost> StartAsync(Action<IHostApplicationBuilder> compose, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        compose(builder);
        var host = new ClientHost(builder.Build());
        try
        {
            await host.host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public T Get<T>(string? key = null)
        where T : notnull => key is null ? Services.GetRequiredService<T>() : Services.GetRequiredKeyedService<T>(key);

    /// <summary>The names of all health checks, with what they say now.</summary>
    public async Task<IReadOnlyDictionary<string, HealthStatus>> HealthAsync()
    {
        if (Services.GetService<HealthCheckService>() is not { } health)
            return new Dictionary<string, HealthStatus>();
        return (await health.CheckHealthAsync()).Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
