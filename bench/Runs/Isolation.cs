using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;
using Exporter.TestKit.Partners;

namespace Exporter.Bench.Runs;

/// <summary>
/// A healthy export that is kept saturated, alone and beside a partner that accepts connections and never answers, while the same
/// reports pile up for it (rule T5). A third way tells what the piling up alone costs: the partner's export is paused, so that nobody
/// calls. They take turns on fresh servers, to the end and back.
/// </summary>
internal static class Isolation
{
    private const int Distinct = 100_000;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var reports = ReportPool.Make(Distinct);
        var duration = TimeSpan.FromSeconds(options.Seconds ?? 60);
        var alone = await AloneAsync(reports, options, duration, page);
        var kept = await BesideAsync(isPaused: true, reports, options, duration, page);
        var beside = await BesideAsync(isPaused: false, reports, options, duration, page);
        beside += await BesideAsync(isPaused: false, reports, options, duration, page);
        kept += await BesideAsync(isPaused: true, reports, options, duration, page);
        alone += await AloneAsync(reports, options, duration, page);

        page.Figure("alone", $"{Words.Count(alone / 2)} reports/s", "mean of two");
        page.Figure("beside a partner that hangs", $"{Words.Count(beside / 2)} reports/s", "mean of two");
        page.Figure("share of the rate alone", Words.Percent(beside / alone), "at least 90 %");
        page.Figure("while the same is kept for a paused export", $"{Words.Count(kept / 2)} reports/s", "mean of two");
        page.Figure("what hanging leaves of that", Words.Percent(beside / kept), "the rest is what keeping a second export's reports costs");
    }

    private static async Task<double> AloneAsync(IReadOnlyList<Reports.V1.Report> reports, RunOptions options, TimeSpan duration, Page page)
    {
        await using var server = await StandaloneServer.StartAsync(options);
        return await MeasureAsync("Alone.", server, reports, options, duration, page);
    }

    private static async Task<double> BesideAsync(
        bool isPaused, IReadOnlyList<Reports.V1.Report> reports, RunOptions options, TimeSpan duration, Page page)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(["localhost"]);
        await using var partner = new RawPartner(certificate, (_, cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel));
        await using var server = await StandaloneServer.StartAsync(options, new Dictionary<string, string>
        {
            ["Exporter__AllowedHosts__0"] = "localhost",
            ["EXPORTER_SECRET_AUTHORITY"] = authority.Pem,
        });
        await server.Admin.CreatePartnerAsync(partner.Url, options.Batch);
        if (isPaused)
            await server.Admin.PausePartnerAsync();
        var rate = await MeasureAsync(
            isPaused ? "Beside a partner whose export is paused." : "Beside a partner that hangs.", server, reports, options, duration, page);
        var books = await server.Admin.BooksAsync(AdminClient.Partner);
        page.Figure("waiting for the partner at the end", $"{Words.Count(books.Routed - books.Delivered)} reports", $"{Words.Count(books.Delivered)} delivered");
        return rate;
    }

    private static async Task<double> MeasureAsync(
        string which, StandaloneServer server, IReadOnlyList<Reports.V1.Report> reports, RunOptions options, TimeSpan duration, Page page)
    {
        page.Note(which);
        await server.Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
        return await EndToEnd.MeasureAsync(server, reports, options, duration, page);
    }
}
