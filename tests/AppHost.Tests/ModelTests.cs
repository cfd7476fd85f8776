using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Exporter.AppHost.Tests;

public sealed class ModelTests
{
    private readonly IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder([]);

    [Theory]
    [InlineData("a--b")]
    [InlineData("1a")]
    [InlineData("a_b")]
    [InlineData("a-")]
    public void A_resource_has_a_name_that_can_stand_in_variables_and_hosts(string name) =>
        Should.Throw<ArgumentException>(() => builder.AddContainer(name, "image")).Message.ShouldStartWith($"Resource name '{name}' is invalid. Take at most 64 ASCII letters, digits and single hyphens, a letter first.");

    [Fact]
    public void Two_resources_do_not_share_a_name()
    {
        builder.AddRedis("cache");
        Should.Throw<DistributedApplicationException>(() => builder.AddContainer("Cache", "image")).Message.ShouldBe(
            "Resource 'Cache' of type ContainerResource can't be added: a RedisResource is called 'cache' already. Give it another name.");
    }

    [Fact]
    public void Two_endpoints_of_a_resource_do_not_share_a_name() =>
        Should.Throw<DistributedApplicationException>(() => builder.AddContainer("box", "image").WithHttpEndpoint().WithHttpEndpoint()).Message.ShouldBe(
            "Resource 'box' has an endpoint 'http' already. Give this one another name.");

    [Fact]
    public void An_image_brings_its_tag_along()
    {
        var image = builder.AddContainer("box", "registry.example:5000/team/box:1.2").Resource.Annotations.OfType<ContainerImageAnnotation>().Single();
        image.Image.ShouldBe("registry.example:5000/team/box");
        image.Tag.ShouldBe("1.2");
        image.Reference.ShouldBe("registry.example:5000/team/box:1.2");
    }

    [Fact]
    public void Manifests_name_what_a_connection_string_is_made_of()
    {
        var database = builder.AddPostgres("server").AddDatabase("shop").Resource;
        database.ConnectionStringExpression.ValueExpression.ShouldBe("{server.connectionString};Database=shop".Replace(
            "{server.connectionString}", "Host={server.bindings.tcp.host};Port={server.bindings.tcp.port};Username=postgres;Password={server-password.value}", StringComparison.Ordinal));
        ((IManifestExpressionProvider)database).ValueExpression.ShouldBe("{shop.connectionString}");
    }

    [Fact]
    public void Names_of_endpoints_are_known_before_they_have_a_port()
    {
        var box = builder.AddContainer("box", "image").WithHttpEndpoint();
        box.GetEndpoint("http").Exists.ShouldBeTrue();
        box.GetEndpoint("http").IsAllocated.ShouldBeFalse();
        box.GetEndpoint("grpc").Exists.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => box.GetEndpoint("http").Url);
    }
}
