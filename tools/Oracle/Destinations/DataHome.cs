using Exporter.Oracle.Submissions;
using Exporter.TestKit.Processes;
using Microsoft.Data.Sqlite;

namespace Exporter.Oracle.Destinations;

/// <summary>A data folder, what was handed in there, and how its processes are set.</summary>
internal sealed class DataHome(string folder, long seed, TimeProvider clock)
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Store__MinFreeBytes"] = "1048576",
        ["Store__MinFreePercent"] = "0",
        ["Delivery__Sweep"] = "00:00:00.2",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["DOTNET_TieredPGO"] = "0",
    };

    public string Folder => folder;

    public Journal Journal { get; } = new();

    public RequestSupply Supply => field ??= new(seed, Journal, clock);

    public StandaloneProcess Launch(string? failpoint = null)
    {
        var settings = new Dictionary<string, string>(Settings);
        if (failpoint is not null)
            settings["EXPORTER_FAILPOINT"] = failpoint;
        return StandaloneProcess.Launch(folder, settings);
    }

    /// <summary>Makes the exports and API keys; the example export goes.</summary>
    public async Task SetUpAsync(StandaloneProcess process, CancellationToken cancel)
    {
        using var door = AdminDoor.Of(process);
        await door.Client.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: cancel);
        foreach (var key in RequestSupply.ApiKeys.OfType<string>())
            await door.Client.CreateApiKeyAsync(new() { ApiKey = new() { Key = key, SubmitSamplePercent = 100 } }, cancellationToken: cancel);
        foreach (var export in ExportPlan.All)
            await door.Client.CreateExportAsync(new() { Export = export.ToExport(folder) }, cancellationToken: cancel);
    }

    /// <summary>Blocks and payloads that the store still holds, read past Exporter.</summary>
    public (long Blocks, long Payloads) CountBlocks()
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "exporter.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select (select count(*) from block), (select count(*) from block_payload)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
