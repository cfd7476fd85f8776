using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Exporter.Ingest.Intake;

namespace Exporter.Ingest.Wire;

/// <summary>What a request message holds.</summary>
/// <param name="SequenceNumber">0 in a unary request.</param>
/// <param name="IdempotencyKey">Empty when there is none.</param>
internal readonly record struct WireRequest(long SequenceNumber, string IdempotencyKey)
{
    /// <summary>Reads a message and puts its reports into a parcel.</summary>
    /// <returns>Why it can't be taken, or null.</returns>
    public static Refusal? Read(ReadOnlySpan<byte> message, WireLayout layout, int mostReports, Parcel parcel, out WireRequest request)
    {
        request = new(0, "");
        var wire = new WireReader(message);
        var reports = 0;
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return Refusal.Malformed.Request;

            if (tag == layout.ReportTag)
            {
                if (reports == mostReports)
                    return new Refusal.TooManyReports(mostReports);
                if (!wire.TryReadBytes(out var report) || !parcel.TryAdd(reports, report))
                    return Refusal.Malformed.Report(reports);
                reports++;
            }
            else if (tag == layout.SequenceNumberTag)
            {
                if (!wire.TryReadVarint(out var number))
                    return Refusal.Malformed.Request;
                request = request with { SequenceNumber = (long)number };
            }
            else if (tag == layout.IdempotencyKeyTag)
            {
                if (!wire.TryReadBytes(out var key))
                    return Refusal.Malformed.Request;
                request = request with { IdempotencyKey = Encoding.UTF8.GetString(key) };
            }
            else if (!wire.TrySkip(tag))
            {
                return Refusal.Malformed.Request;
            }
        }

        return null;
    }

    /// <summary>SHA-256 over the reports alone, so that a message sent again on another stream is the same request.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> message, WireLayout layout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        var wire = new WireReader(message);
        while (!wire.IsAtEnd && wire.TryReadTag(out var tag))
        {
            if (tag != layout.ReportTag)
            {
                wire.TrySkip(tag);
                continue;
            }

            wire.TryReadBytes(out var report);
            BinaryPrimitives.WriteInt32LittleEndian(length, report.Length);
            hash.AppendData(length);
            hash.AppendData(report);
        }

        return hash.GetHashAndReset();
    }
}
