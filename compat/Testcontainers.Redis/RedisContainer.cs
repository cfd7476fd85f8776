using System.Globalization;
using DotNet.Testcontainers.Containers;

namespace Testcontainers.Redis;

/// <summary>A Redis.</summary>
public sealed class RedisContainer(RedisConfiguration configuration) : DockerContainer(configuration)
{
    /// <summary>As StackExchange.Redis takes it.</summary>
    public string GetConnectionString() => string.Create(CultureInfo.InvariantCulture, $"{Hostname}:{GetMappedPublicPort(RedisBuilder.RedisPort)}");

    /// <summary>Runs a script in Lua.</summary>
    public Task<ExecResult> ExecScriptAsync(string scriptContent, CancellationToken ct = default) =>
        ExecWithInputAsync(["redis-cli", "--eval", "/dev/stdin"], scriptContent, ct);
}
