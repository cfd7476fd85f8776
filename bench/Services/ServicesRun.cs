using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Postgres;
using Exporter.Bench.Runs;
using Exporter.Reports.V1;
using Npgsql;

namespace Exporter.Bench.Services;

/// <summary>
/// All of the way over processes of their own: gRPC stream, Ingest, PostgreSQL, Router, S3Export, gzipped objects in a double;
/// with 1, 2 and 4 exporters, then with the double away, and what a day of a thousand million observations makes of it.
/// </summary>
internal static class ServicesRun
{
    private const int Distinct = 100_000;
    private const int BlockReports = 1000;

    /// <summary>Larger ones go by multipart uploads, which the double does not have.</summary>
    private const int MostBatch = 15_000;
    private static readonly int[] Exporters = [1, 2, 4];
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CeilingTime = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(RunOptions options, Page page)
    {
        if (options.Batch > MostBatch)
            throw new ArgumentException($"services takes --batch up to {MostBatch}, found {options.Batch}.");

        var reports = ReportPool.Make(Distinct);
        await using var bench = await ServiceBench.StartAsync();
        await MeasureCeilingsAsync(bench, reports, options, page);
        await bench.StartServicesAsync(options);

        await using var load = await ServiceLoad.StartAsync(bench, reports, options);
        var costs = new List<ServiceCosts>();
        foreach (var exporters in Exporters)
        {
            await bench.AddExportersAsync(exporters);
            await load.ForAsync(costs.Count == 0 ? options.WarmUp : Settle);
            costs.Add(await new ServiceLeg(bench, exporters).MeasureAsync(load, TimeSpan.FromSeconds(options.Seconds ?? 60), page));
        }

        var waitingBytes = await Outage.RunAsync(bench, load, page);
        await Outage.DrainAsync(load, page);
        page.Note($"What a day makes of the costs with {Exporters[1]} exporters:");
        costs[1].PrintDay(reports.Average(Observations), waitingBytes, page);
        if (options.Write)
            page.PutInto("docs/capacity.md");
    }

    private static double Observations(Report report) =>
        report.WifiAccessPoints.Count + report.BluetoothBeacons.Count + report.CellTowers.Count;

    private static async Task MeasureCeilingsAsync(ServiceBench bench, IReadOnlyList<Report> reports, RunOptions options, Page page)
    {
        var blocks = reports.Take(8 * BlockReports).Chunk(BlockReports).Select(ReportPool.Packed).ToList();
        var copies = await bench.Postgres.CreateDatabaseAsync("ceiling");
        await CopyCeiling.RunAsync(NpgsqlDataSource.Create(copies), blocks, connections: 2, CeilingTime, page);
        await using (var source = NpgsqlDataSource.Create(copies))
        {
            await using var forget = source.CreateCommand("truncate raw");
            await forget.ExecuteNonQueryAsync();
            await using var checkpoint = source.CreateCommand("checkpoint");
            await checkpoint.ExecuteNonQueryAsync();
        }

        await BrokerCeiling.RunAsync(bench.RabbitMq.ConnectionString, CeilingTime, page);
        await PutCeiling.RunAsync(bench.Sink, reports, options, CeilingTime, page);
    }
}
