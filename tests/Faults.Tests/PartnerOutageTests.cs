using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Exporter.Delivery.Exports;
using Exporter.Faults.Stores;
using Exporter.Storage;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.Faults;

/// <summary>An hour without a partner, in fifteen seconds: with the pauses that the services have by default. Alone, since it counts the process's memory.</summary>
[CollectionDefinition(nameof(PartnerOutageTests), DisableParallelization = true)]
[Collection(nameof(PartnerOutageTests))]
public sealed class PartnerOutageTests
{
    private const int Blocks = 360;
    private const int ReportsInBlock = 20;
    private const int Concurrency = 4;
    private const double Pace = 240;
    private const long MostGrowth = 6 * 1024 * 1024;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Delivery:Sweep"] = "00:00:02",
        ["Delivery:FirstBackOff"] = "00:00:01",
        ["Delivery:LongestBackOff"] = "00:15:00",
        ["Delivery:LongestPause"] = "00:01:00",

        // These would be over in a moment of the machine's time.
        ["Delivery:Lease"] = "00:20:00",
        ["Delivery:StallTimeout"] = "00:20:00",
        ["Exporter:RequestTimeout"] = "00:10:00",
    };

    [Fact]
    public async Task An_hour_without_the_partner_costs_a_probe_a_minute_and_no_memory_and_then_the_oldest_goes_first()
    {
        var clock = new FlowingClock(Pace);
        using var authority = new TestAuthority();
        await using var partner = await PartnerDouble.StartAsync(authority.Issue(["localhost"]));
        await using var stand = await DeliveryStand.StartAsync(StoreKind.Sqlite, clock, Defaults);
        stand.WriteSecret("authority", authority.Pem);
        var export = TestExports.ToPartner(partner.Url, ReportsInBlock);
        export = export with { Settings = export.Settings with { Concurrency = Concurrency } };
        await stand.SaveAsync(export);

        // Twice, since the first deliveries of a process are compiled on the way.
        await DrainAfterAPauseAsync(stand, export, firstBlock: Blocks);
        var calm = await DrainAfterAPauseAsync(stand, export, firstBlock: 2 * Blocks);
        var (known, begun) = (partner.Accepted.Count, clock.Elapsed);
        var probes = new ConcurrentQueue<TimeSpan>();
        partner.Refuses = _ =>
        {
            probes.Enqueue(clock.Elapsed - begun);
            return 503;
        };

        var (ids, early, late) = await SubmitForAnHourAsync(stand, partner, clock, begun);
        var probed = probes.ToList();
        (await stand.BooksAsync(export.Id)).ShouldSatisfyAllConditions(
            books => books.Waiting.ShouldBeGreaterThanOrEqualTo(ids.Count - ReportsInBlock), books => books.Dead.ShouldBe(0));
        (late - early).ShouldBeLessThan(MostGrowth);
        ShouldKeepPauses(probed, clock.Elapsed - begun);

        partner.Refuses = _ => 0;
        await DeliveryStand.EventuallyAsync(
            async () => (await stand.Queries.ReadCircuitsAsync(DeliveryStand.Cancel)).Count == 0, () => Task.FromResult("The circuit does not close."));
        clock.FlowAt(1);
        var rate = await DrainAsync(stand, export.Id, (2 * Blocks * ReportsInBlock) + ids.Count);

        var accepted = partner.Accepted.Skip(known).ToList();
        accepted.SelectMany(request => request.Ids).ShouldBe(ids, ignoreOrder: true);
        ShouldBeOldestFirst(accepted, ids);
        stand.Faults.MostInFlight.ShouldBe(Concurrency);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Outage: {ids.Count} reports in {Blocks} batches waited; {probed.Count} requests in the hour; managed memory {early >> 10} KiB after ten minutes, {late >> 10} KiB after the hour; drained at {rate:F0} reports/s, and at {calm:F0} reports/s the same number that a pause had kept, with the partner well."));
    }

    /// <summary>A backlog as large as the outage's, with the partner well: what full rate is, in reports/s.</summary>
    private static async Task<double> DrainAfterAPauseAsync(DeliveryStand stand, ExportDefinition export, int firstBlock)
    {
        await stand.SaveAsync(stand.Current(export) with { IsPaused = true });
        for (var block = firstBlock; block < firstBlock + Blocks; block++)
            await stand.SubmitAsync([.. TestReports.Make(1000 * block, ReportsInBlock)]);
        var before = (await stand.BooksAsync(export.Id)).Delivered;
        await stand.SaveAsync(stand.Current(export) with { IsPaused = false });
        await DeliveryStand.EventuallyAsync(
            async () => (await stand.BooksAsync(export.Id)).Delivered > before, async () => (await stand.BooksAsync(export.Id)).ToString());
        return await DrainAsync(stand, export.Id, before + (Blocks * ReportsInBlock));
    }

    /// <summary>Waits until so many are delivered; in reports/s from what is delivered already.</summary>
    private static async Task<double> DrainAsync(DeliveryStand stand, Guid export, long until)
    {
        var before = (await stand.BooksAsync(export)).Delivered;
        var begun = Stopwatch.GetTimestamp();
        await DeliveryStand.EventuallyAsync(
            async () => (await stand.BooksAsync(export)).Delivered == until, async () => (await stand.BooksAsync(export)).ToString());
        return (until - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<(List<string> Ids, long Early, long Late)> SubmitForAnHourAsync(
        DeliveryStand stand, PartnerDouble partner, FlowingClock clock, TimeSpan begun)
    {
        var ids = new List<string>();
        var early = 0L;
        for (var block = 0; block < Blocks; block++)
        {
            var reports = TestReports.Make(1000 * block, ReportsInBlock).ToList();
            ids.AddRange(reports.Select(report => report.Carrier));
            await stand.SubmitAsync(reports);
            if (block == Blocks / 6)
                early = Held(partner);
            if (begun + (Hour * (block + 1) / Blocks) - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait, clock, DeliveryStand.Cancel);
        }

        return (ids, early, Held(partner));
    }

    /// <summary>Managed memory, without the texts that the double keeps of every request.</summary>
    private static long Held(PartnerDouble partner) =>
        GC.GetTotalMemory(forceFullCollection: true) - partner.Requests.Sum(request => (long)request.Text.Length * sizeof(char));

    /// <summary>Three faults open the circuit, with as many beside them as are in flight; then each pause is twice the last, up to a minute.</summary>
    private static void ShouldKeepPauses(List<TimeSpan> probes, TimeSpan elapsed)
    {
        const int whilePausesGrow = 12;
        probes.Count.ShouldBeInRange(whilePausesGrow + 2, whilePausesGrow + (int)(elapsed / LongestPause));
        probes.Zip(probes.Skip(1), (one, next) => next - one).Skip(whilePausesGrow).ShouldAllBe(gap => gap >= LongestPause);
    }

    /// <summary>No batch comes sooner than its place, but for those in flight beside it and the probe, which may be of one further back.</summary>
    private static void ShouldBeOldestFirst(IEnumerable<PartnerRequest> accepted, List<string> ids)
    {
        var placeById = ids.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place / ReportsInBlock);
        var places = accepted.Select(request => placeById[request.Ids[0]]).ToList();
        places.Index().Skip(1).ShouldAllBe(batch => batch.Item - batch.Index < Concurrency);
    }
}
