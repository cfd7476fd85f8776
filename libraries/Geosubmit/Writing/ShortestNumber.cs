using System.Buffers.Text;
using System.Globalization;

namespace Exporter.Geosubmit.Writing;

/// <summary>The shortest decimal that reads back as the same double.</summary>
internal static class ShortestNumber
{
    private const int Places = 7;
    private const double Scale = 1e7;
    private const double Largest = 1e8;
    private const double Smallest = 1e-4;

    public static int Format(double value, Span<byte> output)
    {
        var size = Math.Abs(value);
        if (size is >= Smallest and < Largest)
        {
            // A decimal of at most 15 digits that gives the double back is the only one of that length, so the shortest.
            var scaled = (long)(size * Scale + 0.5);
            if (scaled / Scale == size)
                return FormatScaled(scaled, value < 0, output);
        }

        value.TryFormat(output, out var written, provider: CultureInfo.InvariantCulture);
        return written;
    }

    private static int FormatScaled(long scaled, bool negative, Span<byte> output)
    {
        var written = 0;
        if (negative)
            output[written++] = (byte)'-';

        var (whole, fraction) = ((uint)(scaled / (long)Scale), (uint)(scaled % (long)Scale));
        Utf8Formatter.TryFormat(whole, output[written..], out var length);
        written += length;
        if (fraction == 0)
            return written;

        output[written++] = (byte)'.';
        var places = Places;
        for (; fraction % 10 == 0; places--)
            fraction /= 10;
        for (var i = places - 1; i >= 0; i--)
        {
            output[written + i] = (byte)('0' + fraction % 10);
            fraction /= 10;
        }

        return written + places;
    }
}
