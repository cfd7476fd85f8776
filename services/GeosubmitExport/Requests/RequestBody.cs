using System.Buffers;
using System.IO.Compression;
using Exporter.Geosubmit.Bodies;

namespace Exporter.GeosubmitExport.Requests;

/// <summary>Makes the body of a request, {"items":[…]} in gzip.</summary>
internal static class RequestBody
{
    private const int SliceBytes = 64 * 1024;

    /// <summary>The body, in pooled memory; the caller's to dispose.</summary>
    /// <param name="packed">The reports, length-delimited.</param>
    /// <exception cref="InvalidDataException">The bytes are no reports: the database is damaged.</exception>
    public static BodyPart Of(ReadOnlySpan<byte> packed)
    {
        using var sink = new PartStream(long.MaxValue);
        using (var gzip = new GZipStream(sink, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new SliceWriter(gzip, SliceBytes))
        {
            writer.Write("{\"items\":["u8);
            for (var isFirst = true; packed.Length > 0; isFirst = false)
            {
                if (!isFirst)
                    writer.Write(","u8);
                ReportBytes.Write(writer, PackedReport.Next(ref packed));
                writer.PassFullSlices();
            }

            writer.Write("]}"u8);
            writer.PassAll();
        }

        return sink.TakeLast()!;
    }
}
