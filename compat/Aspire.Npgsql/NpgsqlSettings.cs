namespace Aspire.Npgsql;

/// <summary>How a PostgreSQL data source is set up; the section <c>Aspire:Npgsql</c>, and below it one of the connection's name.</summary>
public class NpgsqlSettings
{
    /// <summary>The database, as Npgsql takes it.</summary>
    public virtual string? ConnectionString { get; set; }

    /// <summary>Whether there is no health check. False by default.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether Npgsql's activities are not taken. False by default.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether Npgsql's metrics are not taken. False by default.</summary>
    public bool DisableMetrics { get; set; }
}
