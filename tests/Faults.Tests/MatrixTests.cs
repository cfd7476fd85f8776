using Exporter.Faults.Destinations;
using Exporter.Faults.Matrix;
using Exporter.Faults.Stores;
using Exporter.Storage;

namespace Exporter.Faults;

/// <summary>
/// Every fault at every stage over both stores: nothing is lost, no object is there twice, and a partner gets a report again only
/// where its answer was lost, under the same key. What was counted is docs/fault-matrix.md.
/// </summary>
public abstract class MatrixTests
{
    [Theory, EveryStore]
    public async Task Whatever_goes_wrong_each_report_arrives_or_is_a_dead_letter(StoreKind kind)
    {
        var clock = new PatientClock();
        await using var stand = await DeliveryStand.StartAsync(kind, clock);
        await using var destination = await StartAsync(stand);
        await stand.SaveAsync(destination.Export);
        var run = new MatrixRun(stand, destination, clock);
        foreach (var table in new[] { destination.Table, StoreTable.Of(destination, stand.Faults) })
            MatrixPage.Hold($"{destination.Table.Title}: {table.Title}, {kind}", await table.RunAsync(run.RunAsync));
    }

    private protected abstract Task<IMatrixDestination> StartAsync(DeliveryStand stand);
}

public sealed class PartnerMatrixTests : MatrixTests
{
    private protected override async Task<IMatrixDestination> StartAsync(DeliveryStand stand) => await PartnerDestination.StartAsync(stand);
}

public sealed class SmallObjectMatrixTests : MatrixTests
{
    private protected override async Task<IMatrixDestination> StartAsync(DeliveryStand stand) => await BucketDestination.StartAsync(stand, isLarge: false);
}

public sealed class LargeObjectMatrixTests : MatrixTests
{
    private protected override async Task<IMatrixDestination> StartAsync(DeliveryStand stand) => await BucketDestination.StartAsync(stand, isLarge: true);
}

public sealed class FolderMatrixTests : MatrixTests
{
    private protected override Task<IMatrixDestination> StartAsync(DeliveryStand stand) => Task.FromResult<IMatrixDestination>(new FolderDestination(stand));
}
