using Exporter.Bench.Figures;

namespace Exporter.Bench.Services;

/// <summary>What a report costs, and what that makes of a thousand million observations a day (docs/capacity.md).</summary>
/// <param name="Processors">By part, for one report.</param>
/// <param name="LogBytes">Of the write-ahead log, for one report.</param>
/// <param name="WrittenBytes">That PostgreSQL sends to its disk, for one report.</param>
/// <param name="ObjectBytes">Put, for one report.</param>
internal sealed record ServiceCosts(
    IReadOnlyList<(string Part, TimeSpan Time)> Processors, double LogBytes, double WrittenBytes, double ObjectBytes)
{
    private const double PerDay = 1e9;
    private const double SecondsPerDay = 86_400;
    private static readonly string[] NotOurs = ["the double", "the load"];

    /// <param name="observationsPerReport">Of the sample reports.</param>
    /// <param name="waitingBytes">What a report takes in the database while its destination is away.</param>
    /// <param name="page">Where it is printed.</param>
    public void PrintDay(double observationsPerReport, double waitingBytes, Page page)
    {
        Print($"10⁹ observations a day, {observationsPerReport:N1} to a report", PerDay / observationsPerReport, waitingBytes, page);
        Print("10⁹ reports a day", PerDay, waitingBytes, page);
        foreach (var (part, time) in Served)
            page.Figure($"one core of {part}", $"{1 / time.TotalSeconds:N0} reports/s");
        page.Figure("100 MB/s of PostgreSQL's disk", $"{1e8 / WrittenBytes:N0} reports/s");
    }

    private IEnumerable<(string Part, TimeSpan Time)> Served => Processors.Where(part => !NotOurs.Contains(part.Part));

    private void Print(string title, double reportsPerDay, double waitingBytes, Page page)
    {
        var perSecond = reportsPerDay / SecondsPerDay;
        page.Figure(title, $"{perSecond:N0} reports/s", "the mean of a day");
        page.Figure("cores", $"{perSecond * Served.Sum(part => part.Time.TotalSeconds):N2}", string.Join(", ", Served.Select(part => $"{part.Part} {perSecond * part.Time.TotalSeconds:N2}")));
        page.Figure("PostgreSQL's log", $"{Words.Megabytes(perSecond * LogBytes)}/s", $"{reportsPerDay * LogBytes / 1e12:N2} TB a day");
        page.Figure("PostgreSQL's disk", $"{Words.Megabytes(perSecond * WrittenBytes)}/s", $"{reportsPerDay * WrittenBytes / 1e12:N2} TB a day");
        page.Figure("held after a day with the destination away", $"{reportsPerDay * waitingBytes / 1e9:N0} GB");
        page.Figure("objects", $"{Words.Megabytes(perSecond * ObjectBytes)}/s", $"{reportsPerDay * ObjectBytes / 1e9:N0} GB a day");
    }
}
