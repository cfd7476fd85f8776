using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace Testcontainers.PostgreSql;

/// <summary>Makes PostgreSQL servers for tests: fast, not durable.</summary>
public sealed class PostgreSqlBuilder : ContainerBuilder<PostgreSqlBuilder, PostgreSqlContainer, PostgreSqlConfiguration>
{
    /// <summary>The image when none is named.</summary>
    [Obsolete("This constant is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public const string PostgreSqlImage = "postgres:15.1";

    /// <summary>The port in the container.</summary>
    public const ushort PostgreSqlPort = 5432;

    /// <summary>The database when none is named.</summary>
    public const string DefaultDatabase = "postgres";

    /// <summary>The superuser when none is named.</summary>
    public const string DefaultUsername = "postgres";

    /// <summary>The superuser's password when none is given.</summary>
    public const string DefaultPassword = "postgres";

    /// <summary>Begins with an old image.</summary>
    [Obsolete("This parameterless constructor is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public PostgreSqlBuilder()
        : this(PostgreSqlImage)
    {
    }

    /// <summary>Begins with an image.</summary>
    public PostgreSqlBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>Begins with an image.</summary>
    public PostgreSqlBuilder(IImage image)
        : this(Initial(image))
    {
    }

    private PostgreSqlBuilder(PostgreSqlConfiguration configuration)
        : base(configuration)
    {
    }

    private PostgreSqlConfiguration Own => (PostgreSqlConfiguration)Configuration;

    /// <summary>Sets the database that is made.</summary>
    public PostgreSqlBuilder WithDatabase(string database) => With((Own with { Database = database }).WithVariable("POSTGRES_DB", database));

    /// <summary>Sets the superuser.</summary>
    public PostgreSqlBuilder WithUsername(string username) => With((Own with { Username = username }).WithVariable("POSTGRES_USER", username));

    /// <summary>Sets the superuser's password.</summary>
    public PostgreSqlBuilder WithPassword(string password) => With((Own with { Password = password }).WithVariable("POSTGRES_PASSWORD", password));

    /// <inheritdoc />
    public override PostgreSqlContainer Build()
    {
        Validate();
        NotEmpty(Own.Database, nameof(Own.Database));
        NotEmpty(Own.Username, nameof(Own.Username));
        NotEmpty(Own.Password, nameof(Own.Password));
        var ready = Wait.ForUnixContainer().UntilCommandIsCompleted("pg_isready", "--host", "localhost", "--dbname", Own.Database, "--username", Own.Username);
        return new(Configuration.WaitStrategies.Any() ? Own : (PostgreSqlConfiguration)(Configuration with { WaitStrategies = [.. ready.Build()] }));
    }

    private protected override PostgreSqlBuilder With(ContainerConfiguration configuration) => new((PostgreSqlConfiguration)configuration);

    private static PostgreSqlConfiguration Initial(IImage image) => new PostgreSqlBuilder(new PostgreSqlConfiguration { Image = image })
        .WithPortBinding(PostgreSqlPort, assignRandomHostPort: true)
        .WithDatabase(DefaultDatabase)
        .WithUsername(DefaultUsername)
        .WithPassword(DefaultPassword)
        .WithCommand("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off").Own;
}
