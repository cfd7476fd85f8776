using Exporter.Delivery.Queries;
using Exporter.Faults.Destinations;
using Exporter.Faults.Stores;
using Exporter.Reports.V1;

namespace Exporter.Faults.Matrix;

/// <summary>Runs cells one after the other on one store: a fault, reports, and a count at the destination when all is settled.</summary>
internal sealed class MatrixRun(DeliveryStand stand, IMatrixDestination destination, PatientClock clock)
{
    private static readonly TimeSpan MoreThanALease = TimeSpan.FromMinutes(3);
    private int cell;
    private long lastLetter;

    public async Task<string> RunAsync(MatrixFault fault, string stage)
    {
        destination.Clear();
        if (!await fault.ArmAsync(stage))
            return "";

        var what = $"{fault.Name}, {stage}";
        using var over = CancellationTokenSource.CreateLinkedTokenSource(DeliveryStand.Cancel);
        var tending = TendAsync(over.Token);
        var ids = await SubmitAsync();
        if (fault.MendAsync is not null)
        {
            await EventuallyAsync(async () => (await stand.Queries.ReadCircuitsAsync(DeliveryStand.Cancel)).Any(circuit => circuit.IsOpen), $"{what}: the circuit opens");
            await fault.MendAsync();
        }

        await EventuallyAsync(async () => await stand.BooksAsync(destination.Export.Id) is { Waiting: 0, InFlight: 0 }, $"{what}: all is settled");
        await over.CancelAsync();
        await tending;
        (destination.IsArmed || stand.Faults.IsArmed).ShouldBeFalse($"{what}: it never came so far.");
        var counted = await CountAsync(fault, stage, ids, what);
        await stand.ReleaseAsync();
        return counted;
    }

    private async Task<List<string>> SubmitAsync()
    {
        var ids = new List<string>();
        foreach (var block in destination.Blocks(++cell))
        {
            ids.AddRange(block.Select(report => report.Carrier));
            await stand.SubmitAsync(block);
        }

        stand.Ring(destination.Export.Kind);
        return ids;
    }

    /// <summary>Time passes when something hangs, or when an attempt ended without a word: as much as it takes, at once.</summary>
    private async Task TendAsync(CancellationToken over)
    {
        await Task.WhenAll(
            WheneverAsync(destination.StallsAsync, () => Task.Run(clock.Ring, CancellationToken.None), over),
            WheneverAsync(stand.Faults.BreaksAsync, () => stand.PassAsync(MoreThanALease), over));
    }

    private static async Task WheneverAsync(Func<CancellationToken, Task> happens, Func<Task> then, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await happens(over);
                await then();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The cell is over.
        }
    }

    private async Task<string> CountAsync(MatrixFault fault, string stage, List<string> ids, string what)
    {
        var arrivals = destination.Arrivals;
        var byId = arrivals.SelectMany(arrival => arrival.Ids.Select(id => (id, arrival))).ToLookup(pair => pair.id, pair => pair.arrival);
        var dead = await DeadIdsAsync();
        byId.Select(group => group.Key).Except(ids).ShouldBeEmpty($"{what}: foreign");
        ids.Except(byId.Select(group => group.Key)).Except(dead).ShouldBeEmpty($"{what}: lost");
        dead.Where(byId.Contains).ShouldBeEmpty($"{what}: dead, and at the destination");
        dead.Count.ShouldBe(fault.Poison, $"{what}: dead letters");

        var twice = byId.Where(group => group.Count() > 1).ToList();
        if (twice.Count > 0)
        {
            (!destination.HoldsObjects && fault.LosesAnswer(stage)).ShouldBeTrue($"{what}: twice: {string.Join(' ', twice.Select(group => group.Key))}");
            foreach (var group in twice)
                group.DistinctBy(arrival => (arrival.Name, arrival.Text)).ShouldHaveSingleItem($"{what}: '{group.Key}' twice under different keys").Name.ShouldNotBeEmpty();
        }

        var counts = new[] { (byId.Count - twice.Count, "once"), (twice.Count, "again under the same key"), (dead.Count, "dead") };
        return string.Join(", ", counts.Where(count => count.Item1 > 0).Select(count => $"{count.Item1} {count.Item2}"));
    }

    private async Task<List<string>> DeadIdsAsync()
    {
        var store = stand.Get<IDeadLetterStore>();
        var ids = new List<string>();
        foreach (var letter in (await store.ListAsync(DeadLetterFilter.All, null, 100, DeliveryStand.Cancel)).Where(letter => letter.Id > lastLetter).OrderBy(letter => letter.Id))
        {
            ids.AddRange((await store.ReadReportsAsync(letter, 100, DeliveryStand.Cancel)).Select(report => Report.Parser.ParseFrom(report.Span).Carrier));
            lastLetter = letter.Id;
        }

        return ids;
    }

    private Task EventuallyAsync(Func<Task<bool>> condition, string what) => DeliveryStand.EventuallyAsync(condition, async () =>
    {
        var (books, circuits) = (await stand.BooksAsync(destination.Export.Id), await stand.Queries.ReadCircuitsAsync(DeliveryStand.Cancel));
        var batches = await stand.Queries.ListBatchesAsync(null, null, null, 2, DeliveryStand.Cancel);
        return $"{what}: not yet. {books} {string.Join(' ', circuits)} {string.Join(' ', batches.Select(batch => $"{batch.State} {batch.Attempts} {batch.DueAt:O} {batch.ErrorType} {batch.ErrorDetail}"))}";
    });
}
