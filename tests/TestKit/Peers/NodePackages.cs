using System.Security.Cryptography;
using Exporter.TestKit.Ceph;

namespace Exporter.TestKit.Peers;

/// <summary>What a folder's package-lock.json names, installed there by npm.</summary>
public static class NodePackages
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Installs them unless they are there already, and returns what runs the folder's scripts.</summary>
    /// <param name="folder">Holds package.json, package-lock.json and .npmrc.</param>
    /// <exception cref="InvalidOperationException">node or npm is missing, or the installation failed; the message says what to do.</exception>
    public static async Task<PeerRuntime> InstallAsync(string folder)
    {
        var runtime = new PeerRuntime(ServerProgram.Find("node"), new Dictionary<string, string>());
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        var mark = Path.Combine(folder, "node_modules", ".installed");
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == wanted)
            return runtime;

        await ServerProgram.RunAsync(folder, Longest, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        await File.WriteAllTextAsync(mark, wanted);
        return runtime;
    }
}
