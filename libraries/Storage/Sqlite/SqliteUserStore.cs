using System.Globalization;
using Exporter.Delivery.Keys;

namespace Exporter.Storage.Sqlite;

/// <summary>Estimates of users of one process, over a restart.</summary>
public sealed class SqliteUserStore(SqliteStore store) : IUserStore
{
    private const string Format = "yyyy-MM-dd";

    /// <inheritdoc />
    public Task<IReadOnlyList<UserSketch>> LoadAsync(DateOnly first, CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<UserSketch>>(
        session => session.Query(
            "select key, day, registers from user_sketch where day >= $1",
            row => new UserSketch(row.GetString(0), DateOnly.ParseExact(row.GetString(1), Format, CultureInfo.InvariantCulture), row.GetFieldValue<byte[]>(2)),
            Text(first)),
        cancel);

    /// <inheritdoc />
    public Task SaveAsync(IReadOnlyList<UserSketch> sketches, DateOnly first, CancellationToken cancel) => store.Writer.RunAsync(session =>
    {
        foreach (var sketch in sketches)
        {
            session.Execute(
                "insert into user_sketch (day, key, registers) values ($1, $2, $3) on conflict do update set registers = $3",
                Text(sketch.Day), sketch.Key, sketch.Registers);
        }

        return session.Execute("delete from user_sketch where day < $1", Text(first));
    });

    private static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);
}
