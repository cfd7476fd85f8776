using System.Globalization;
using Exporter.Reports.V1;

namespace Exporter.Samples;

/// <summary>
/// Makes up distinct, realistic reports: many devices that walk through cities, each report about 10 Wi-Fi access points,
/// one cell tower and one beacon. The same seed and time give the same reports. Not safe for several threads at once.
/// </summary>
public sealed class SampleReports
{
    private const int Walkers = 64;

    private const string IdPrefix = "id-";

    private readonly Walker[] _walkers;
    private long _count;

    /// <summary>Begins a sequence of reports without an end.</summary>
    /// <param name="seed">Chooses the sequence.</param>
    /// <param name="now">The reports were observed in the eight hours before.</param>
    public SampleReports(long seed, DateTimeOffset now)
    {
        var random = new SeededRandom((ulong)seed);
        _walkers = [.. Enumerable.Range(0, Walkers).Select(_ => new Walker(random.NextBits(), now))];
    }

    /// <summary>The next report; the devices take turns.</summary>
    public Report Next() => _walkers[_count++ % Walkers].Next();

    /// <summary>The next reports.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<Report> Next(int count)
    {
        var reports = new List<Report>(count);
        for (var index = 0; index < count; index++)
            reports.Add(Next());
        return reports;
    }

    /// <summary>A copy of a report that carries an id as its first access point's name, so that it can be found again.</summary>
    /// <param name="report">With at least one Wi-Fi access point.</param>
    /// <param name="id">From 0.</param>
    /// <exception cref="ArgumentException">The report has no Wi-Fi access point.</exception>
    public static Report WithId(Report report, long id)
    {
        if (report.WifiAccessPoints.Count == 0)
            throw new ArgumentException("The report has no Wi-Fi access point that could carry an id.", nameof(report));

        var stamped = report.Clone();
        stamped.WifiAccessPoints[0].Ssid = IdPrefix + id.ToString(CultureInfo.InvariantCulture);
        return stamped;
    }

    /// <summary>The id that a report carries, or null.</summary>
    public static long? IdOf(Report report) =>
        report.WifiAccessPoints.Count == 0 ? null : IdOf(report.WifiAccessPoints[0].Ssid);

    /// <summary>The id that stands in an access point's name, or null.</summary>
    public static long? IdOf(string? ssid) =>
        ssid is not null
        && ssid.StartsWith(IdPrefix, StringComparison.Ordinal)
        && long.TryParse(ssid.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
