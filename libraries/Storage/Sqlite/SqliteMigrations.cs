using System.Globalization;
using System.Reflection;

namespace Exporter.Storage.Sqlite;

/// <summary>Numbered scripts, each applied once, in one transaction with its number.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "sqlite/";

    private static readonly IReadOnlyList<(long Number, string Resource)> Scripts =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (long.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    public static long Newest => Scripts[^1].Number;

    public static void Apply(SqliteSession session, string path)
    {
        var version = session.Scalar<long>("pragma user_version");
        foreach (var (number, resource) in Scripts.Where(script => script.Number > version))
        {
            session.Execute("begin immediate");
            session.Execute(Read(resource));
            session.Execute($"pragma user_version = {number}");
            session.Execute("commit");
        }

        if (session.Scalar<long>("pragma user_version") != Newest)
            throw new StoreStartException($"Database '{path}' could not be brought to version {Newest}. Look for a disk that is full or read-only.");
    }

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
