using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Exporter.Geosubmit.Coercion;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit;

/// <summary>Reads geosubmit bodies of all three versions, with the coercions that their clients are used to.</summary>
public static class GeosubmitReader
{
    /// <summary>Reports that one body may hold.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Networks that one report may hold; a report with more is refused.</summary>
    public const int MaxNetworks = 1_000;

    /// <summary>Levels of nesting that a body may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a body. Never throws because of what it holds.</summary>
    /// <param name="body">The whole body, unpacked: JSON in UTF-8.</param>
    /// <param name="version">The format.</param>
    /// <param name="now">What a report without a usable time is given; cut to milliseconds.</param>
    public static GeosubmitReading Read(ReadOnlySpan<byte> body, GeosubmitVersion version, DateTimeOffset now) =>
        Read(body, version, now, sink: null);

    /// <summary>Reads a body; see the other overload. What is given to the sink is not in the <see cref="GeosubmitReading.Document"/>.</summary>
    /// <param name="body">The whole body, unpacked: JSON in UTF-8.</param>
    /// <param name="version">The format.</param>
    /// <param name="now">What a report without a usable time is given; cut to milliseconds.</param>
    /// <param name="sink">Takes reports as they are read, also those of a body that turns out to be refused; null for a list.</param>
    public static GeosubmitReading Read(ReadOnlySpan<byte> body, GeosubmitVersion version, DateTimeOffset now, IReportSink? sink)
    {
        if (body.IsEmpty)
            return new GeosubmitReading.ParseError(null, null);
        if (!Utf8.IsValid(body))
            return new GeosubmitReading.ParseError("The body is not valid UTF-8.", null);

        if (TryRead(body, version, now, sink, out var reading, out var problem))
            return reading;
        if (NonFiniteLiterals.TryRewrite(body, out var finite) && TryRead(finite, version, now, sink, out reading, out problem))
            return reading;
        return new GeosubmitReading.ParseError(problem, null);
    }

    /// <summary>Reads a body that may lie in several pieces; see the other overload.</summary>
    /// <param name="body">The whole body, unpacked: JSON in UTF-8.</param>
    /// <param name="version">The format.</param>
    /// <param name="now">What a report without a usable time is given; cut to milliseconds.</param>
    public static GeosubmitReading Read(in ReadOnlySequence<byte> body, GeosubmitVersion version, DateTimeOffset now)
    {
        if (body.IsSingleSegment)
            return Read(body.FirstSpan, version, now);

        var length = checked((int)body.Length);
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(whole);
            return Read(whole.AsSpan(0, length), version, now);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static bool TryRead(
        ReadOnlySpan<byte> body,
        GeosubmitVersion version,
        DateTimeOffset now,
        IReportSink? sink,
        out GeosubmitReading reading,
        out string? problem)
    {
        var reader = new BodyReader(body, version, now, sink);
        try
        {
            (reading, problem) = (reader.Read(), null);
            return true;
        }
        catch (JsonException e)
        {
            reading = null!;
            problem = reader.TooDeep
                ? $"The body is nested more than {MaxDepth} levels deep."
                : $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
            return false;
        }
    }
}
