using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using Testcontainers.PostgreSql;
using Testcontainers.Redis;

namespace Exporter.Testcontainers.Tests;

/// <summary>What neither Docker nor a program can do is told clearly.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_that_is_not_at_hand_and_that_no_program_replaces_is_refused()
    {
        await using var container = new ContainerBuilder("example.test/no-such-image:1.2").Build();
        (await Should.ThrowAsync<DockerUnavailableException>(() => container.StartAsync(Cancel))).Message.ShouldBe(
            "Testcontainers (stand-in): Docker does not have image 'example.test/no-such-image:1.2' at hand, and images are not pulled here. No program of this machine can do its work.");

        await using var other = new PostgreSqlBuilder("example.test/timescale:1").Build();
        await Should.ThrowAsync<DockerUnavailableException>(() => other.StartAsync(Cancel));
    }

    [Fact]
    public async Task What_a_program_can_t_have_is_refused_and_named()
    {
        await using var mounted = new RedisBuilder("example.test/redis:0").WithBindMount("/tmp", "/data", AccessMode.ReadOnly).Build();
        (await Should.ThrowAsync<NotSupportedException>(() => mounted.StartAsync(Cancel))).Message.ShouldBe(
            "Testcontainers (stand-in): the program of this machine that does the work of image 'example.test/redis:0' can't have mounts. Have the image at hand.");

        await using var told = new PostgreSqlBuilder("example.test/postgres:0").WithEnvironment("POSTGRES_INITDB_ARGS", "--data-checksums").Build();
        (await Should.ThrowAsync<NotSupportedException>(() => told.StartAsync(Cancel))).Message.ShouldContain("can't have the variable 'POSTGRES_INITDB_ARGS'");

        Should.Throw<NotSupportedException>(() => new RedisBuilder("redis:7.0").WithReuse(true)).Message.ShouldStartWith("Testcontainers (stand-in): ");
        Should.Throw<NotSupportedException>(() => new RedisBuilder("redis:7.0").WithCleanUp(false)).Message.ShouldStartWith("Testcontainers (stand-in): ");
    }

    [Theory]
    [InlineData("redis", null, "redis", "latest", "redis:latest")]
    [InlineData("library/redis:7.0", null, "library/redis", "7.0", "library/redis:7.0")]
    [InlineData("localhost:5000/a/b:c", "localhost:5000", "a/b", "c", "localhost:5000/a/b:c")]
    [InlineData("quay.io/ceph/ceph@sha256:0f", "quay.io", "ceph/ceph", null, "quay.io/ceph/ceph@sha256:0f")]
    public void A_name_of_an_image_has_parts(string name, string? registry, string repository, string? tag, string full)
    {
        var image = new DockerImage(name);
        (image.Registry, image.Repository, image.Tag, image.FullName).ShouldBe((registry, repository, tag, full));
    }

    [Fact]
    public void What_is_no_name_of_an_image_is_refused() => Should.Throw<ArgumentException>(() => new DockerImage("Not A Name"));

    [Fact]
    public void A_version_is_read_from_the_tag()
    {
        new DockerImage("postgres:15.1-alpine").MatchVersion((Version version) => version == new Version(15, 1)).ShouldBeTrue();
        new DockerImage("postgres").MatchLatestOrNightly().ShouldBeTrue();
    }
}
