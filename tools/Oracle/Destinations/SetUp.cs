using Exporter.Oracle.Submissions;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Destinations;

/// <summary>What an operator does before the first report.</summary>
internal static class SetUp
{
    /// <summary>Makes the exports and API keys.</summary>
    public static async Task MakeAsync(AdminDoor door, IHome home, TimeSpan? maxDelay, CancellationToken cancel)
    {
        foreach (var key in RequestSupply.ApiKeys.OfType<string>())
            await door.Client.CreateApiKeyAsync(new() { ApiKey = new() { Key = key, SubmitSamplePercent = 100 } }, cancellationToken: cancel);
        foreach (var export in home.Exports)
            await door.Client.CreateExportAsync(new() { Export = export.ToExport(home.DestinationOf(export), maxDelay) }, cancellationToken: cancel);
    }
}
