using Compat.Processes;
using Exporter.AppHost.Tests.Kit;
using Npgsql;

namespace Exporter.AppHost.Tests;

/// <summary>The sample application with PostgreSQL, RabbitMQ and Redis of this machine.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task An_application_comes_up_whole_keeps_its_data_and_leaves_nothing_running_however_it_ends()
    {
        using var folder = new ScratchFolder();
        await using (var first = await ApplicationProcess.StartSampleAsync(folder.Path))
        {
            await first.UntilWellAsync();
            await using (var database = await OpenAsync(folder.Path, await first.OneAsync("server")))
                await ExecuteAsync(database, "create table kept as select 41 + 1 as answer");

            await NoSecretIsShownAsync(first, folder.Path);
            await DatabaseDiesAndComesBackAsync(first);
            var run = await RunOfAsync(first);
            (await first.StopAsync()).ShouldBe(0);
            Leftovers.Find(Leftovers.RunVariable, run).ShouldBeEmpty();
        }

        await using (var second = await ApplicationProcess.StartSampleAsync(folder.Path))
        {
            await second.UntilWellAsync();
            await using (var database = await OpenAsync(folder.Path, await second.OneAsync("server")))
                (await ExecuteAsync(database, "select answer from kept")).ShouldBe(42);

            var run = await RunOfAsync(second);
            await second.KillAsync();
            await Eventually.IsTrueAsync(() => !Leftovers.Find(Leftovers.RunVariable, run).Any());
        }
    }

    private static async Task NoSecretIsShownAsync(ApplicationProcess application, string folder)
    {
        var shown = await application.ReadAsync("/api/resources");
        var secrets = Directory.GetFiles(Path.Combine(folder, "parameters")).Select(File.ReadAllText).Append(ApplicationProcess.Secret).ToList();
        secrets.Count.ShouldBe(4);
        foreach (var secret in secrets)
        {
            shown.ShouldNotContain(secret);
            application.Said.ShouldNotContain(secret);
        }

        File.GetUnixFileMode(Directory.GetFiles(Path.Combine(folder, "parameters"))[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task DatabaseDiesAndComesBackAsync(ApplicationProcess application)
    {
        var before = await application.OneAsync("server");
        Signals.ToProcess(int.Parse(before.Runs!["process ".Length..]), Signal.Kill).ShouldBeTrue();
        await application.UntilAsync(rows => rows.First(row => row.Name == "server") is { Restarts: 1, Runs: { } now } && now != before.Runs);
        await application.UntilWellAsync();
        (await application.OneAsync("server")).Restarts.ShouldBe(1);
    }

    private static async Task<string> RunOfAsync(ApplicationProcess application)
    {
        var process = (await application.OneAsync("front")).Runs!["process ".Length..];
        var environment = await File.ReadAllTextAsync($"/proc/{process}/environ");
        return environment.Split('\0').Single(line => line.StartsWith($"{Leftovers.RunVariable}=", StringComparison.Ordinal)).Split('=')[1];
    }

    private static async Task<NpgsqlConnection> OpenAsync(string folder, Aspire.Hosting.StatusPage.ResourceRow server)
    {
        var password = await File.ReadAllTextAsync(Path.Combine(folder, "parameters", "server-password"));
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={new Uri(server.Urls[0].Url).Port};Username=postgres;Password={password};Database=shop;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
