using System.Diagnostics;

namespace Exporter.TestKit.Processes;

/// <summary>Standalone: a process on a data folder.</summary>
public sealed class StandaloneProcess : ServiceProcess
{
    private StandaloneProcess(ProcessStartInfo start, string dataFolder)
        : base(start) => DataFolder = dataFolder;

    /// <summary>Its data folder.</summary>
    public string DataFolder { get; }

    /// <summary>Launches one on free ports and returns without waiting for it.</summary>
    /// <param name="dataFolder">Made if need be.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Further switches.</param>
    public static StandaloneProcess Launch(string dataFolder, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments) => new(
        StartOf("services/Standalone", settings, ["--data", dataFolder, "--http-port", "0", "--grpc-port", "0", "--admin-port", "0", .. arguments]),
        dataFolder);

    /// <summary>Launches one and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended first.</exception>
    public static new async Task<StandaloneProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = Launch(dataFolder, settings);
        if (await process.ListensAsync())
            return process;

        throw new InvalidOperationException($"Standalone ended with {await process.Ended} before it listened: {string.Join(' ', process.Errors)}");
    }
}
