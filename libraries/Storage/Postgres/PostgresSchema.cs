namespace Exporter.Storage.Postgres;

/// <summary>The schema that stands in a database, against <see cref="PostgresMigrations.Newest"/>, which this program was made for.</summary>
/// <param name="Version">The last script that was applied; 0 before the first.</param>
/// <param name="WorksFrom">The version that a program must know at least.</param>
public sealed record PostgresSchema(int Version, int WorksFrom)
{
    /// <summary>Whether this program works with it.</summary>
    public bool Fits => !IsTooOld && !IsTooNew;

    /// <summary>Whether a migration is to come.</summary>
    public bool IsTooOld => Version < PostgresMigrations.Newest;

    /// <summary>Whether a newer program changed what this one relies on.</summary>
    public bool IsTooNew => WorksFrom > PostgresMigrations.Newest;

    /// <summary>What to do where it does not fit.</summary>
    public string Sentence => IsTooNew
        ? $"The database's schema has version {Version}, which needs programs of version {WorksFrom}, and this one knows up to {PostgresMigrations.Newest}. Use the Exporter that migrated it, or a newer one."
        : $"The database's schema has version {Version}, and this program needs {PostgresMigrations.Newest}. Run the migration job of this version.";
}
