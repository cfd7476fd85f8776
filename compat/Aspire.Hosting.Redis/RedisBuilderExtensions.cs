using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Redis;
using Compat.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Redis.</summary>
public static class RedisBuilderExtensions
{
    private const string DataFolder = "/data";
    private const int Port = 6379;

    /// <summary>Adds a Redis server with a password that is made once.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) => builder.AddRedis(name, port, null);

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="port">Its port; a free one when null.</param>
    /// <param name="password">Its password; made once when null.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var redis = new RedisResource(name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new(key, _ => new RedisHealth(redis), failureStatus: null, tags: null));
        return builder.AddResource(redis)
            .WithEndpoint(port, targetPort: Port, name: RedisResource.PrimaryEndpointName)
            .WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithImage("library/redis", "8.2").WithImageRegistry("docker.io")
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is not null)
                    context.EnvironmentVariables["REDIS_PASSWORD"] = redis.PasswordParameter;
            })
            .WithArgs(context => AddContainerArguments(context, redis))
            .WithAnnotation(new ServerProgramAnnotation(ProgramOf(redis)))
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the data in a named volume: with Docker one of its own, else a folder in the application's data folder.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", DataFolder, isReadOnly).WithPersistenceUnless(isReadOnly);

    /// <summary>Keeps the data in a folder.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder, isReadOnly).WithPersistenceUnless(isReadOnly);

    /// <summary>Says how often the data is written down: every <paramref name="interval"/> (a minute when null) in which that many keys changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(new PersistenceAnnotation(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Sets the port that others see; a free one when null.</summary>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    /// <summary>Sets the password.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    private static RedisProgram ProgramOf(RedisResource redis) => new(
        cancel => redis.PasswordParameter is { } password ? password.GetValueAsync(cancel) : new((string?)null),
        () => redis.Annotations.OfType<PersistenceAnnotation>().LastOrDefault() is { } persistence
            ? ["appendonly yes", string.Create(CultureInfo.InvariantCulture, $"save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChanged}")]
            : ["save \"\""]);

    private static IResourceBuilder<RedisResource> WithPersistenceUnless(this IResourceBuilder<RedisResource> builder, bool isReadOnly) =>
        isReadOnly ? builder : builder.WithPersistence();

    // A shell puts the password in, so that it is not among the container's arguments.
    private static void AddContainerArguments(CommandLineArgsCallbackContext context, RedisResource redis)
    {
        var command = "redis-server";
        if (redis.PasswordParameter is not null)
            command += " --requirepass \"$REDIS_PASSWORD\"";
        if (redis.Annotations.OfType<PersistenceAnnotation>().LastOrDefault() is { } persistence)
            command += string.Create(CultureInfo.InvariantCulture, $" --save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChanged}");
        context.Args.Add("-c");
        context.Args.Add(command);
    }
}
