using System.Text.Json.Nodes;
using Exporter.TestKit.Peers;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy.Kit;

/// <summary>Runs the scripts in <c>Schemas</c> and reads their answers.</summary>
internal static class Scripts
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly string Folder = RepositoryFolder.PathOf("tests/Deploy.Tests/Schemas");
    private static readonly Lazy<Task<PeerRuntime>> Node = new(() => NodePackages.InstallAsync(Folder));

    public static async Task<JsonNode> RunAsync(string script, string argument)
    {
        var (code, output, errors) = await PeerProcess.RunAsync(await Node.Value, Longest, Path.Combine(Folder, script), argument);
        return code == 0
            ? JsonNode.Parse(output)!
            : throw new InvalidOperationException($"'{script} {argument}' ended with {code}. It needs node, and kubectl 1.32 or newer on the path: {errors}");
    }
}
