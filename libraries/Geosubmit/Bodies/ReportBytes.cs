using System.Buffers;
using Google.Protobuf;

namespace Exporter.Geosubmit.Bodies;

/// <summary>Stored reports into bodies.</summary>
public static class ReportBytes
{
    /// <summary>Writes one report from a block as JSON.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">Its bytes, as they are stored.</param>
    /// <exception cref="InvalidDataException">They are no report: the database is damaged.</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> report)
    {
        try
        {
            GeosubmitWriter.WritePacked(output, report);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException("A block holds bytes that are no report. The database is damaged: restore it from a backup.", e);
        }
    }
}
