using Exporter.Deploy.Kit;

namespace Exporter.Deploy;

/// <summary>Every document is what Kubernetes' schemas say that it must be.</summary>
public sealed class SchemaTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_document_of_an_overlay_keeps_to_its_schema(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        manifests.Problems.ShouldBeEmpty();
        manifests.Documents.Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        var manifests = await Manifests.OfAsync("tests/Deploy.Tests/Faulty");
        manifests.Problems.ShouldContain(problem => problem.Contains("'wrong-value'") && problem.Contains("replicas"));
        manifests.Problems.ShouldContain(problem => problem.Contains("'wrong-word'") && problem.Contains("policyTypes"));
        manifests.Problems.ShouldContain(problem => problem.Contains("'no-such-field'") && problem.Contains("readOnlyRootFileSystem"));
        manifests.Problems.ShouldContain(problem => problem.Contains("'lacks-selector'") && problem.Contains("selector"));
        manifests.Problems.ShouldContain(problem => problem.Contains("'no-such-kind'") && problem.Contains("no such kind"));
    }
}
