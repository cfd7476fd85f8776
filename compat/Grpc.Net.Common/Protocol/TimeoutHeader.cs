using System.Globalization;

namespace Grpc.Net.Protocol;

/// <summary>The value of <c>grpc-timeout</c>: at most eight digits and a unit.</summary>
internal static class TimeoutHeader
{
    private const long MaxValue = 99_999_999;

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;

        var ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => value / TimeSpan.NanosecondsPerTick,
            _ => -1,
        };
        timeout = new(ticks);
        return ticks >= 0;
    }

    public static string Format(TimeSpan timeout) => timeout.Ticks switch
    {
        <= 0 => "1n",
        <= MaxValue / TimeSpan.NanosecondsPerTick => Text(timeout.Ticks * TimeSpan.NanosecondsPerTick, 'n'),
        <= MaxValue * TimeSpan.TicksPerMicrosecond => Text(timeout.Ticks / TimeSpan.TicksPerMicrosecond, 'u'),
        <= MaxValue * TimeSpan.TicksPerMillisecond => Text(timeout.Ticks / TimeSpan.TicksPerMillisecond, 'm'),
        <= MaxValue * TimeSpan.TicksPerSecond => Text(timeout.Ticks / TimeSpan.TicksPerSecond, 'S'),
        _ => Text(Math.Min(timeout.Ticks / TimeSpan.TicksPerMinute, MaxValue), 'M'),
    };

    private static string Text(long value, char unit) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
}
