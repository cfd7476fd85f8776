using System.Globalization;
using Compat.Processes;

namespace Compat.Servers;

/// <summary>This machine's RabbitMQ, with an Erlang port mapper of its own beside it: the shared one would outlive us.</summary>
/// <param name="name">The node's name.</param>
/// <param name="user">Its administrator.</param>
/// <param name="password">The administrator's password.</param>
internal sealed class RabbitMQProgram(string name, Func<CancellationToken, ValueTask<string?>> user, Func<CancellationToken, ValueTask<string?>> password) : IServerProgram
{
    // The program in PATH changes user; this one does not.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string PortMapper = "epmd";
    private const string Loopback = "127.0.0.1";

    public string? Missing() => File.Exists(Server) && ProgramPath.Find(PortMapper) is not null
        ? null
        : $"Neither are '{Server}' and '{PortMapper}' there. Install Debian's package 'rabbitmq-server'.";

    public async Task<LaunchPlan> PrepareAsync(ServerContext context, CancellationToken cancel)
    {
        var settings = Path.Combine(context.Folder, "rabbitmq.conf");
        var plugins = Path.Combine(context.Folder, "enabled_plugins");
        await OwnFile.WriteAsync(settings, await SettingsAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        await OwnFile.WriteAsync(plugins, [context.Ports.ContainsKey(ServerContext.Management) ? "[rabbitmq_management]." : "[]."], cancel).ConfigureAwait(false);
        var mapper = Text(context.FreePort());
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = context.Folder,
            ["ERL_EPMD_PORT"] = mapper,
            ["ERL_EPMD_ADDRESS"] = Loopback,
            ["RABBITMQ_NODENAME"] = $"{name}@localhost",
            ["RABBITMQ_DIST_PORT"] = Text(context.FreePort()),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["RABBITMQ_CONFIG_FILE"] = settings,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(context.Folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(context.Folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(context.Folder, "server.pid"),
        };
        var companion = new LaunchPlan { Command = PortMapper, Arguments = ["-port", mapper, "-address", Loopback], Folder = "/" };
        return new() { Command = Server, Arguments = context.Arguments, Folder = context.Folder, Environment = environment, Companion = companion };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<List<string>> SettingsAsync(ServerContext context, CancellationToken cancel)
    {
        List<string> lines =
        [
            $"listeners.tcp.1 = {Loopback}:{Text(context.Ports[ServerContext.Primary])}",
            $"default_user = {await user(cancel).ConfigureAwait(false)}",
            $"default_pass = {await password(cancel).ConfigureAwait(false)}",
            "log.console = true",
            "log.console.level = info",
        ];
        if (context.Ports.TryGetValue(ServerContext.Management, out var management))
            lines.AddRange($"management.tcp.ip = {Loopback}", $"management.tcp.port = {Text(management)}");
        return lines;
    }
}
