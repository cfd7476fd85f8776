using Exporter.Geosubmit.Fuzzing;
using Exporter.Ingest.V1;
using Google.Protobuf;

namespace Exporter.Ingest.Fuzzing;

/// <summary>Request messages of either call, of spoilt reports, spoilt again.</summary>
internal sealed class MessageMutator(Random random, DateTimeOffset now)
{
    private readonly WireMutator reports = new(random, now);

    public byte[] Next()
    {
        using var message = new MemoryStream();
        using var output = new CodedOutputStream(message);
        if (random.Next(2) == 0)
            message.Write(new StreamReportsRequest { SequenceNumber = random.Next(-5, 1000) }.ToByteArray());
        var tag = (uint)random.Next(1, 3) << 3 | 2;
        for (var count = random.Next(5); count > 0; count--)
        {
            output.WriteTag(tag);
            output.WriteBytes(ByteString.CopyFrom(reports.Next()));
        }

        output.Flush();
        return random.Next(3) == 0 ? ByteChange.Apply(message.ToArray(), random) : message.ToArray();
    }
}
