using System.Globalization;
using Compat.Processes;

namespace Compat.Servers;

/// <summary>This machine's PostgreSQL. It refuses root, so root runs it as the user <c>postgres</c>.</summary>
/// <param name="user">Its superuser.</param>
/// <param name="password">The superuser's password.</param>
internal sealed class PostgresProgram(Func<CancellationToken, ValueTask<string?>> user, Func<CancellationToken, ValueTask<string?>> password) : IServerProgram
{
    private const string Packages = "/usr/lib/postgresql";
    private const string ServerUser = "postgres";

    public string? Missing() => FolderOf("*") is null ? "Neither does PATH or /usr/lib/postgresql hold PostgreSQL's programs. Install Debian's package 'postgresql'." : null;

    public async Task<LaunchPlan> PrepareAsync(ServerContext context, CancellationToken cancel)
    {
        var marker = Path.Combine(context.Folder, "data", "PG_VERSION");
        var data = Path.GetDirectoryName(marker)!;
        var version = File.Exists(marker) ? (await File.ReadAllTextAsync(marker, cancel).ConfigureAwait(false)).Trim() : "*";
        var programs = FolderOf(version)
            ?? throw Faults.Of($"The data in '{data}' is of PostgreSQL {version}, whose programs are not in '{Packages}/{version}/bin' or PATH. Install 'postgresql-{version}', or move the data away.");
        if (version == "*")
            await InitializeAsync(programs, context, data, cancel).ConfigureAwait(false);

        string[] settings =
        [
            "-D", data, "-p", context.Ports[ServerContext.Primary].ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. context.Arguments,
        ];
        var (command, arguments) = AsServerUser(Path.Combine(programs, "postgres"), settings);
        return new() { Command = command, Arguments = arguments, Folder = "/", StopSignal = Signal.Interrupt, StopsItsChildren = true };
    }

    public static string? FolderOf(string version)
    {
        if (Directory.Exists(Packages))
        {
            var newest = Directory.GetDirectories(Packages, version)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0)
                .FirstOrDefault();
            if (newest is not null)
                return Path.Combine(newest, "bin");
        }

        // Where the programs lie elsewhere, they themselves tell whether the data is theirs.
        var found = ProgramPath.Find("initdb");
        return found is null ? null : Path.GetDirectoryName(found);
    }

    public static (string Command, IReadOnlyList<string> Arguments) AsServerUser(string program, IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", [$"--reuid={ServerUser}", $"--regid={ServerUser}", "--init-groups", "--", program, .. arguments])
        : (program, [.. arguments]);

    private static async Task RunAsync(string program, IEnumerable<string> arguments, ServerContext context, string fault, CancellationToken cancel)
    {
        var answer = await ToolRun.RunAsync(program, arguments, cancel).ConfigureAwait(false);
        foreach (var line in answer.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            context.Hear(line);
        if (answer.ExitCode != 0)
            throw Faults.Of($"{fault} '{Path.GetFileName(program)}' ended with exit code {answer.ExitCode}: {answer.Said}");
    }

    private async Task InitializeAsync(string programs, ServerContext context, string data, CancellationToken cancel)
    {
        // The name stands in the folder that is moved into place at the end: a half-made one is not taken for data.
        var draft = Path.Combine(context.Folder, $"initdb-{Guid.NewGuid():N}");
        var secret = Path.Combine(context.Folder, $"password-{Guid.NewGuid():N}");
        string[] owner = Environment.IsPrivilegedProcess ? ["-o", ServerUser, "-g", ServerUser] : [];
        try
        {
            await RunAsync("install", ["-d", "-m", "0700", .. owner, draft], context, $"The folder '{draft}' could not be made for the user '{ServerUser}'.", cancel).ConfigureAwait(false);
            await RunAsync("install", ["-m", "0600", .. owner, "/dev/null", secret], context, $"The file '{secret}' could not be made for the user '{ServerUser}'.", cancel).ConfigureAwait(false);
            await File.WriteAllTextAsync(secret, await password(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            var superuser = await user(cancel).ConfigureAwait(false);
            var (command, arguments) = AsServerUser(
                Path.Combine(programs, "initdb"), ["-D", draft, "-U", superuser!, $"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]);
            await RunAsync(command, arguments, context, $"PostgreSQL's data folder could not be made in '{context.Folder}'. As root, the user '{ServerUser}' must be able to enter every folder above it.", cancel).ConfigureAwait(false);
            Directory.Move(draft, data);
        }
        finally
        {
            File.Delete(secret);
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }
}
