using System.Net.Sockets;
using Exporter.Delivery.Blocks;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Which faults pass by themselves, and what Ingest tells its clients meanwhile.</summary>
internal static class PostgresFaults
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>Whether trying again may work: the server is away, restarting, failing over, or out of something.</summary>
    public static bool IsPassing(Exception fault) => fault switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.QueryCanceled or IdleInTransactionSessionTimeout,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether it may have passed in a moment; a full disk takes longer than anybody should wait.</summary>
    public static bool IsBrief(Exception fault) => IsPassing(fault) && fault is not PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>Whether the server itself refused the statement, so that nothing of it stands.</summary>
    public static bool IsRefusal(Exception fault) => fault is PostgresException postgres
        && postgres.SqlState is not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown);

    public static bool IsDuplicate(Exception fault, string constraint) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres && postgres.ConstraintName == constraint;

    public static StoreRefusal RefusalOf(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        ? new("store_full", "The disk of the store is full. Make room on it; what waits is delivered meanwhile.", TimeSpan.FromSeconds(30))
        : new("store_away", "The store can't be reached. Send again later.", RetryAfter);
}
