using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;
using Aspire.Hosting.Engine.Programs;

namespace Aspire.Hosting.Redis;

/// <summary>This machine's Redis. Its settings, the password among them, are in a file that only its owner reads.</summary>
internal sealed class RedisProgram(RedisResource redis) : IServerProgram
{
    private const string Server = "redis-server";

    public string? Missing() => ProgramPath.Find(Server) is null ? "Neither is 'redis-server' in PATH. Install Debian's package 'redis-server'." : null;

    public async Task<LaunchPlan> PrepareAsync(ServerContext context, CancellationToken cancel)
    {
        var port = context.Ports[RedisResource.PrimaryEndpointName].ToString(CultureInfo.InvariantCulture);
        List<string> lines = ["bind 127.0.0.1", $"port {port}", $"dir \"{context.Folder}\"", "daemonize no", "protected-mode yes"];
        if (redis.PasswordParameter is not null)
            lines.Add($"requirepass \"{Quoted(await redis.PasswordParameter.GetValueAsync(cancel).ConfigureAwait(false))}\"");
        if (redis.Annotations.OfType<PersistenceAnnotation>().LastOrDefault() is { } persistence)
            lines.AddRange("appendonly yes", string.Create(CultureInfo.InvariantCulture, $"save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChanged}"));
        else
            lines.Add("save \"\"");

        var settings = Path.Combine(context.Folder, "redis.conf");
        await OwnFile.WriteAsync(settings, lines, cancel).ConfigureAwait(false);
        return new() { Command = Server, Arguments = [settings], Folder = context.Folder };
    }

    private static string Quoted(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
