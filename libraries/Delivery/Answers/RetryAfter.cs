using System.Globalization;

namespace Exporter.Delivery.Answers;

/// <summary>A destination's own wish when to be asked again.</summary>
public static class RetryAfter
{
    /// <summary>Longer wishes count as this much.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(1);

    /// <summary>The wait that a Retry-After header asks for, in seconds or as a date; null for none and for what is neither.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="clock">For dates.</param>
    public static TimeSpan? Read(string? header, TimeProvider clock)
    {
        var wish = long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds))
            : DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - clock.GetUtcNow()
            : (TimeSpan?)null;
        return wish > Longest ? Longest : wish < TimeSpan.Zero ? TimeSpan.Zero : wish;
    }
}
