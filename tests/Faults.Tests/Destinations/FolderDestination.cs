using Exporter.Delivery.Exports;
using Exporter.Faults.Matrix;
using Exporter.Faults.Stores;
using Exporter.Reports.V1;
using Exporter.TestKit.Batches;

namespace Exporter.Faults.Destinations;

/// <summary>A folder.</summary>
internal sealed class FolderDestination : IMatrixDestination
{
    private const string Stage = "write";
    private readonly string folder;

    public FolderDestination(DeliveryStand stand)
    {
        folder = Path.Combine(stand.Folder, "files", "out");
        Export = TestExports.ToFolder(folder);
        Export = Export with { Settings = Export.Settings with { BatchReports = 12, Concurrency = 1 } };
        Table = new("folder", [Stage], [new("a file stands where the folder belongs", Block) { MendAsync = MendAsync }]);
    }

    public ExportDefinition Export { get; }

    public MatrixTable Table { get; }

    public IReadOnlyList<string> StoreStages { get; } = [StoreTable.Claim, StoreTable.ReadReports, StoreTable.Outcome];

    public bool IsArmed => false;

    public bool HoldsObjects => true;

    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
            return [.. files.Select(file => new Arrival(Path.GetRelativePath(folder, file), BodyReports.Ids(File.ReadAllBytes(file)), ""))];
        }
    }

    public IEnumerable<IReadOnlyList<Report>> Blocks(int cell) => TestReports.Make(1000 * cell, 24).Chunk(12);

    public Task StallsAsync(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);

    public void Clear()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<bool> Block(string stage)
    {
        File.WriteAllText(folder, "");
        return Task.FromResult(true);
    }

    private Task MendAsync()
    {
        File.Delete(folder);
        return Task.CompletedTask;
    }
}
