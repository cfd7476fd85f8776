using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy.Kit;

/// <summary>A folder of manifests as <c>kubectl kustomize</c> renders it, and what the schemas find wrong with it.</summary>
internal sealed record Manifests(IReadOnlyList<JsonNode> Documents, IReadOnlyList<string> Problems)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Manifests>>> Rendered = new();

    /// <summary>Everything that runs: what it is, and its pod.</summary>
    public IEnumerable<(string Kind, string Name, JsonNode Pod)> Pods => Documents
        .Where(document => document["spec"]?["template"]?["spec"]?["containers"] is not null)
        .Select(document => (KindOf(document), NameOf(document), document["spec"]!["template"]!));

    public static Task<Manifests> OfAsync(string folder) => Rendered.GetOrAdd(folder, _ => new(() => RenderAsync(folder))).Value;

    public IEnumerable<JsonNode> OfKind(string kind) => Documents.Where(document => KindOf(document) == kind);

    public static string KindOf(JsonNode document) => (string)document["kind"]!;

    public static string NameOf(JsonNode document) => (string)document["metadata"]!["name"]!;

    private static async Task<Manifests> RenderAsync(string folder)
    {
        var answer = await Scripts.RunAsync("manifests.js", RepositoryFolder.PathOf(folder));
        return new([.. answer["documents"]!.AsArray().Select(document => document!)], [.. answer["problems"]!.AsArray().Select(problem => (string)problem!)]);
    }
}
