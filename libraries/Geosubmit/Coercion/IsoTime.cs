namespace Exporter.Geosubmit.Coercion;

/// <summary>ISO 8601 times in the forms that old clients send: from a bare year to a date with time and zone; UTC if none.</summary>
internal static class IsoTime
{
    /// <summary>Reads a time, cut to whole seconds.</summary>
    /// <param name="text">Such as <c>2016-04-15T06:00:10.123Z</c>.</param>
    /// <param name="milliseconds">Since the Unix epoch.</param>
    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        var rest = text.AsSpan();
        if (!TryDate(ref rest, out var year, out var month, out var day)
            || !TryClock(ref rest, out var hour, out var minute, out var second)
            || !TryZone(ref rest, out var offsetMinutes)
            || !rest.IsEmpty)
            return false;

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return false;

        var utc = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        milliseconds = utc.ToUnixTimeMilliseconds() - offsetMinutes * 60_000L;
        return true;
    }

    private static bool TryDate(ref ReadOnlySpan<char> rest, out int year, out int month, out int day)
    {
        (month, day) = (1, 1);
        if (!Digits(ref rest, 4, 4, out year))
            return false;
        if (rest.IsEmpty)
            return true;

        if (Skip(ref rest, '-'))
        {
            if (!Digits(ref rest, 1, 2, out month))
                return false;
            return rest.IsEmpty || (Skip(ref rest, '-') ? Digits(ref rest, 1, 2, out day) : Digits(ref rest, 2, 2, out day));
        }

        return Digits(ref rest, 2, 2, out month)
            && (Skip(ref rest, '-') ? Digits(ref rest, 1, 2, out day) : Digits(ref rest, 2, 2, out day));
    }

    private static bool TryClock(ref ReadOnlySpan<char> rest, out int hour, out int minute, out int second)
    {
        (hour, minute, second) = (0, 0, 0);
        if (rest.IsEmpty)
            return true;
        if (!Skip(ref rest, 'T') && !Skip(ref rest, ' '))
            return false;
        if (!Digits(ref rest, 2, 2, out hour))
            return false;
        if (!Next(ref rest, 2, out minute))
            return true;
        if (!Next(ref rest, 1, out second))
            return true;

        return !(Skip(ref rest, '.') || Skip(ref rest, ',')) || SkipDigits(ref rest);
    }

    private static bool TryZone(ref ReadOnlySpan<char> rest, out int offsetMinutes)
    {
        offsetMinutes = 0;
        if (rest.IsEmpty || Skip(ref rest, 'Z'))
            return true;

        var sign = rest[0] == '-' ? -1 : 1;
        if (!Skip(ref rest, '+') && !Skip(ref rest, '-'))
            return false;
        if (!Digits(ref rest, 2, 2, out var hours))
            return false;
        if (!Next(ref rest, 2, out var minutes) && !rest.IsEmpty)
            return false;
        offsetMinutes = sign * (hours * 60 + minutes);
        return hours < 24;
    }

    private static bool Next(ref ReadOnlySpan<char> rest, int least, out int value)
    {
        var from = rest;
        Skip(ref from, ':');
        if (!Digits(ref from, least, 2, out value))
            return false;
        rest = from;
        return true;
    }

    private static bool Digits(ref ReadOnlySpan<char> rest, int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        while (count < most && count < rest.Length && char.IsAsciiDigit(rest[count]))
            value = value * 10 + (rest[count++] - '0');
        rest = rest[count..];
        return count >= least;
    }

    private static bool SkipDigits(ref ReadOnlySpan<char> rest)
    {
        var before = rest.Length;
        rest = rest.TrimStart("0123456789");
        return rest.Length < before;
    }

    private static bool Skip(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
            return false;
        rest = rest[1..];
        return true;
    }
}
