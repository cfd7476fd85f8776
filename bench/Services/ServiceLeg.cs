using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;

namespace Exporter.Bench.Services;

/// <summary>What a number of exporters sustains, and what each part costs a report meanwhile.</summary>
internal sealed class ServiceLeg(ServiceBench bench, int exporters)
{
    private List<BacklogSample> samples = [];
    private (DatabaseLook First, DatabaseLook Last) database;
    private (MachineTime First, MachineTime Last) machine;
    private (long Objects, long Bytes) put;
    private long largestBytes;

    private long Delivered => samples[^1].Delivered - samples[0].Delivered;

    private TimeSpan Time => samples[^1].At - samples[0].At;

    public async Task<ServiceCosts> MeasureAsync(ServiceLoad load, TimeSpan duration, Page page)
    {
        var before = await bench.Sink.CountAsync();
        database.First = await DatabaseLook.TakeAsync(bench.Source);
        machine.First = MachineTime.Now();
        foreach (var part in bench.Parts)
            part.Begin();
        samples = await load.ForAsync(duration, LookAsync);
        await LookAsync();
        machine.Last = MachineTime.Now();
        var after = await bench.Sink.CountAsync();
        put = (after.Objects - before.Objects, after.Bytes - before.Bytes);
        Print(page);
        return Costs();
    }

    private async Task LookAsync()
    {
        foreach (var part in bench.Parts)
            part.Look();
        database.Last = await DatabaseLook.TakeAsync(bench.Source);
        largestBytes = Math.Max(largestBytes, database.Last.Bytes);
    }

    private void Print(Page page)
    {
        page.Figure($"delivered, {exporters} × S3Export", Words.PerSecond(Delivered, Time, "reports"), "at least 12,000, reach for 30,000");
        page.Figure("sustained", $"{Time.TotalSeconds:N0} s", $"backlog {BacklogSample.Flatness(samples)}, half against half");
        foreach (var part in bench.Parts)
            page.Figure(part.Name, Each(part.Processor), $"{Words.Percent(part.Processor / Time)} of a core, at most {Words.Megabytes(part.PeakBytes)} a process");
        foreach (var (name, time) in PostgresByName().Where(part => part.Time.TotalMicroseconds / Delivered >= 0.05))
            page.Figure($"PostgreSQL, of it: {name}", Each(time));
        page.Figure("write-ahead log", Bytes(database.Last.LogBytes - database.First.LogBytes), $"{Words.Count((database.Last.Commits - database.First.Commits) / Time.TotalSeconds)} transactions/s");
        page.Figure("PostgreSQL, sent to its disk", Bytes(bench.PostgresPart.WrittenBytes), $"{Words.Megabytes(bench.PostgresPart.WrittenBytes / Time.TotalSeconds)}/s; database at most {Words.Megabytes(largestBytes)}");
        page.Figure("objects", Bytes(put.Bytes), $"{Words.PerSecond(put.Objects, Time, "objects")}, {Words.Megabytes(put.Bytes / Time.TotalSeconds)}/s");
        page.Figure("the machine", $"{(machine.Last.Busy - machine.First.Busy) / Time:N2} cores busy", $"{Ours / Time:N2} of them ours; {(machine.Last.Stolen - machine.First.Stolen) / Time:N2} stolen; load average {Machine.Load()}");
        page.Note(BacklogSample.Course(samples));
    }

    private TimeSpan Ours => bench.Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Processor);

    private ServiceCosts Costs() => new(
        [.. bench.Parts.Select(part => (part.Name, part.Processor / Delivered))],
        (database.Last.LogBytes - database.First.LogBytes) / (double)Delivered,
        bench.PostgresPart.WrittenBytes / (double)Delivered,
        put.Bytes / (double)Delivered);

    private IEnumerable<(string Name, TimeSpan Time)> PostgresByName() =>
        from pair in bench.PostgresPart.ProcessorById()
        group pair.Value by database.Last.NameByProcess.GetValueOrDefault(pair.Key, "other") into times
        let time = times.Aggregate(TimeSpan.Zero, (sum, each) => sum + each)
        orderby time descending
        select (times.Key, time);

    private string Each(TimeSpan time) => $"{time.TotalMicroseconds / Delivered:N2} µs a report";

    private string Bytes(double bytes) => $"{bytes / Delivered:N0} bytes a report";
}
