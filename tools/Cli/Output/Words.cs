using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Cli.Output;

// How values are shown to people.
internal static class Words
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Of(Timestamp? time) =>
        time?.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    public static string Of(Duration? duration) => duration is null ? "" : Of(duration.ToTimeSpan());

    public static string Of(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
            return "0s";

        (double Value, string Unit)[] parts =
            [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "m"), (time.Seconds + (time.Milliseconds / 1000.0), "s")];
        return string.Concat(
            parts.Where(part => part.Value != 0).Select(part => part.Value.ToString(CultureInfo.InvariantCulture) + part.Unit));
    }

    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
            (value, unit) = (value / 1024, unit + 1);
        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    public static string Of(bool yes) => yes ? "yes" : "no";
}
