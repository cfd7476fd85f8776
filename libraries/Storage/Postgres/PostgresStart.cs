using Microsoft.Extensions.Hosting;

namespace Exporter.Storage.Postgres;

/// <summary>Waits at start for the server and its schema, and refuses a server that does not keep what it acknowledges (rule B9).</summary>
public sealed class PostgresStart(PostgresStore store) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly string[] MustBeOn = ["fsync", "synchronous_commit", "full_page_writes"];

    /// <inheritdoc />
    /// <exception cref="StoreStartException">The server is away, its schema is another, or its settings lose commits.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var begun = store.Clock.GetTimestamp();
        while (await ProblemAsync(cancellationToken) is { } problem)
        {
            if (!problem.MayPass || store.Clock.GetElapsedTime(begun) > store.Options.StartTimeout)
                throw new StoreStartException(problem.Sentence, problem.Cause);
            await Task.Delay(Pause, store.Clock, cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Problem?> ProblemAsync(CancellationToken cancel)
    {
        try
        {
            if (await UnsafeSettingAsync(cancel) is { } sentence)
                return new(sentence, MayPass: false);

            var schema = await PostgresMigrations.ReadSchemaAsync(store.Source, cancel);
            return schema.Fits ? null : new(schema.Sentence, MayPass: schema.IsTooOld);
        }
        catch (Exception e) when (PostgresFaults.IsPassing(e))
        {
            return new($"The database can't be reached: {e.Message} Check that it runs, and the connection string.", MayPass: true, e);
        }
        catch (Npgsql.PostgresException e)
        {
            return new($"The database refuses the store: {e.MessageText} Check the role, its password and its rights.", MayPass: false, e);
        }
    }

    private async Task<string?> UnsafeSettingAsync(CancellationToken cancel)
    {
        var off = await store.RunAsync(
            session => session.QueryAsync(
                "select name from unnest($1) as name where current_setting(name) = 'off' order by name", row => row.GetString(0), cancel, PostgresValue.Texts(MustBeOn)),
            cancel);
        return off.Count == 0
            ? null
            : $"PostgreSQL runs with {string.Join(" and ", off.Select(name => $"{name}=off"))}: it would lose reports that were acknowledged. Turn it on, for the server, the database and the role.";
    }

    private sealed record Problem(string Sentence, bool MayPass, Exception? Cause = null);
}
