using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.PostgreSql;

/// <summary>What a PostgreSQL is made of.</summary>
public sealed record PostgreSqlConfiguration : ContainerConfiguration
{
    /// <summary>The database that is made.</summary>
    public string Database { get; internal init; } = PostgreSqlBuilder.DefaultDatabase;

    /// <summary>The superuser.</summary>
    public string Username { get; internal init; } = PostgreSqlBuilder.DefaultUsername;

    /// <summary>The superuser's password.</summary>
    public string Password { get; internal init; } = PostgreSqlBuilder.DefaultPassword;

    internal override IContainerProgram? Program => new PostgreSqlProgram(this);
}
