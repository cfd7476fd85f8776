using Exporter.TestKit.Processes;

namespace Exporter.AppHost.Tests;

/// <summary>A service can't be forgotten where services are listed.</summary>
public sealed class TopologyTests
{
    // Standalone is all of them in one process, so it stands in no list.
    private static readonly string[] NotDeployed = ["Standalone"];

    // Where every service must be named, and how. Deploy.Tests sees to the images, the compose file and the manifests.
    public static TheoryData<string, string> Lists => new()
    {
        { "aspire/AppHost/AppHost.csproj", "/services/{0}/{0}.csproj\"" },
        { "aspire/AppHost/Program.cs", "AddProject<Projects.{0}>(" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_service_is_in_every_list(string file, string entry)
    {
        var text = File.ReadAllText(RepositoryFolder.PathOf(file));
        var services = Directory.GetDirectories(RepositoryFolder.PathOf("services")).Select(folder => Path.GetFileName(folder)!).Except(NotDeployed).ToList();
        services.ShouldContain("Ingest");
        services.Where(service => !text.Contains(string.Format(entry, service), StringComparison.Ordinal))
            .ShouldBeEmpty($"'{file}' does not have these services. Add '{entry}' for each.");
    }
}
