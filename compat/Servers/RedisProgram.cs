using System.Globalization;
using Compat.Processes;

namespace Compat.Servers;

/// <summary>This machine's Redis. Its settings, the password among them, are in a file that only its owner reads.</summary>
/// <param name="password">Its password; null without.</param>
/// <param name="saving">Lines that say when it writes its data down.</param>
internal sealed class RedisProgram(Func<CancellationToken, ValueTask<string?>> password, Func<IEnumerable<string>> saving) : IServerProgram
{
    private const string Server = "redis-server";

    public string? Missing() => ProgramPath.Find(Server) is null ? "Neither is 'redis-server' in PATH. Install Debian's package 'redis-server'." : null;

    public async Task<LaunchPlan> PrepareAsync(ServerContext context, CancellationToken cancel)
    {
        var port = context.Ports[ServerContext.Primary].ToString(CultureInfo.InvariantCulture);
        List<string> lines = ["bind 127.0.0.1", $"port {port}", $"dir \"{context.Folder}\"", "daemonize no", "protected-mode yes"];
        if (await password(cancel).ConfigureAwait(false) is { } secret)
            lines.Add($"requirepass \"{Quoted(secret)}\"");
        lines.AddRange(saving());
        var settings = Path.Combine(context.Folder, "redis.conf");
        await OwnFile.WriteAsync(settings, lines, cancel).ConfigureAwait(false);
        return new() { Command = Server, Arguments = [settings], Folder = context.Folder };
    }

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
