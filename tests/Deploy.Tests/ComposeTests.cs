using System.Text.Json.Nodes;
using Exporter.Deploy.Kit;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy;

/// <summary>What everything in the compose file keeps to.</summary>
public sealed class ComposeTests
{
    // MinIO's images have no user of their own; theirs has no capability either.
    private static readonly string[] WithoutUser = ["objects", "bucket"];

    [Fact]
    public async Task Everything_runs_without_rights_and_on_a_file_system_that_it_can_t_change()
    {
        foreach (var (name, service) in await ServicesAsync())
        {
            ((bool?)service["read_only"]).ShouldBe(true, name);
            service["cap_drop"]?.AsArray().Select(drop => (string)drop!).ShouldBe(["ALL"], name);
            service["security_opt"]?.AsArray().Select(option => (string)option!).ShouldContain("no-new-privileges:true", name);
            if (!WithoutUser.Contains(name))
                ((string?)service["user"])!.ShouldMatch("^[1-9][0-9]*:[1-9][0-9]*$", name);
        }
    }

    [Fact]
    public async Task Secrets_are_files_that_the_repository_does_not_have()
    {
        var compose = await ReadAsync();
        foreach (var (name, secret) in compose["secrets"]!.AsObject())
            ((string?)secret!["file"]).ShouldBe($"${{EXPORTER_SECRETS:-./secrets}}/{name}");
        (await File.ReadAllTextAsync(RepositoryFolder.PathOf(".gitignore"), TestContext.Current.CancellationToken)).ShouldContain("/deploy/secrets/");
        var made = await File.ReadAllTextAsync(RepositoryFolder.PathOf("deploy/make-secrets.sh"), TestContext.Current.CancellationToken);
        compose["secrets"]!.AsObject().Select(secret => secret.Key).Where(name => !made.Contains($"keep {name} ", StringComparison.Ordinal)).ShouldBeEmpty();
        foreach (var (name, service) in await ServicesAsync())
        {
            foreach (var (variable, value) in service["environment"]?.AsObject() ?? [])
                (variable.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || value!.ToString().Contains("assword=", StringComparison.Ordinal)).ShouldBeFalse($"{name}: {variable}");
        }
    }

    [Fact]
    public async Task Ports_are_open_on_loopback_only_and_what_is_kept_is_kept_in_volumes()
    {
        var services = await ServicesAsync();
        services.SelectMany(service => service.Service["ports"]?.AsArray() ?? []).Select(port => $"{port}").ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        services.Single(service => service.Name == "postgres").Service["volumes"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe("postgres:/var/lib/postgresql/data");
    }

    [Fact]
    public async Task Services_wait_for_the_migrations_and_those_for_the_database()
    {
        var services = (await ServicesAsync()).ToDictionary(service => service.Name, service => service.Service);
        ((string?)services["migrations"]["depends_on"]!["postgres"]!["condition"]).ShouldBe("service_healthy");
        services["postgres"]["healthcheck"].ShouldNotBeNull();
        foreach (var name in Services.Deployed.Select(Services.NameOf).Except(["migrations"]))
            ((string?)services[name]["depends_on"]!["migrations"]!["condition"]).ShouldBe("service_completed_successfully", name);
    }

    private static Task<JsonNode> ReadAsync() => Scripts.RunAsync("compose.js", RepositoryFolder.PathOf("deploy/compose.yaml"));

    private static async Task<List<(string Name, JsonNode Service)>> ServicesAsync() =>
        [.. (await ReadAsync())["services"]!.AsObject().Select(service => (service.Key, service.Value!))];
}
