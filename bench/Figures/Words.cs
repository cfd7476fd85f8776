using System.Globalization;

namespace Exporter.Bench.Figures;

/// <summary>Numbers as people read them.</summary>
internal static class Words
{
    public static string PerSecond(double count, TimeSpan time, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count / time.TotalSeconds:N0} {what}/s");

    public static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");

    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N1} ms");

    public static string Ratio(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"{from / to:N2} : 1");

    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:N0} %");
}
