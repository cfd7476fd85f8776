using Exporter.Oracle.Submissions;
using Exporter.TestKit.Processes;
using Microsoft.Data.Sqlite;

namespace Exporter.Oracle.Destinations;

/// <summary>A data folder, what was handed in there, and how its processes are set.</summary>
/// <param name="folder">Of Standalone.</param>
/// <param name="seed">Of what is handed in.</param>
/// <param name="clock">The machine's.</param>
/// <param name="partner">Where the export to a partner goes; null: there is none. It ends with this.</param>
internal sealed class DataHome(string folder, long seed, TimeProvider clock, PartnerDestination? partner = null) : IHome, IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Store__MinFreeBytes"] = "1048576",
        ["Store__MinFreePercent"] = "0",
        ["Delivery__Sweep"] = "00:00:00.2",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["Delivery__LongestPause"] = "00:00:00.5",
        ["DOTNET_TieredPGO"] = "0",
    };

    public string Folder => folder;

    public Journal Journal { get; } = new();

    public RequestSupply Supply => field ??= new(seed, Journal, clock);

    public IReadOnlyList<ExportPlan> Exports { get; } = partner is null ? ExportPlan.All : [.. ExportPlan.All, ExportPlan.ToPartner];

    public IDestination? DestinationOf(ExportPlan export) => export == ExportPlan.ToPartner ? partner
        : export.HasObjects ? new FolderDestination(export, Path.Combine(folder, "out", export.Name)) : null;

    public StandaloneProcess Launch(string? failpoint = null)
    {
        var settings = new Dictionary<string, string>(Settings);
        if (failpoint is not null)
            settings["EXPORTER_FAILPOINT"] = failpoint;
        if (partner is not null)
            (settings["Exporter__AllowedHosts__0"], settings["EXPORTER_SECRET_AUTHORITY"]) = ("localhost", partner.Pem);
        return StandaloneProcess.Launch(folder, settings);
    }

    public ValueTask DisposeAsync() => partner?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Makes the exports and API keys; the example export goes.</summary>
    public async Task SetUpAsync(StandaloneProcess process, CancellationToken cancel)
    {
        using var door = AdminDoor.Of(process);
        await door.Client.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: cancel);
        await SetUp.MakeAsync(door, this, maxDelay: null, cancel);
    }

    public async Task<StoreRows> CountRowsAsync(CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "exporter.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "select (select count(*) from block), (select count(*) from block_payload)";
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1));
    }
}
