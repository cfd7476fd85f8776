using Exporter.Ingest.V1;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Samples;
using Google.Protobuf;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>IngestService's two methods.</summary>
internal sealed record IngestMethod : TargetMethod
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int InvalidArgument = 3;
    private readonly SampleReports samples;
    private readonly Lock gate = new();

    private IngestMethod(string name, CallKind kind, SampleReports samples)
        : base($"/{IngestService.Descriptor.FullName}/{name}", kind, MostBytes, InvalidArgument) => this.samples = samples;

    public static IReadOnlyList<TargetMethod> All(SampleReports samples) =>
    [
        new IngestMethod("SubmitReports", CallKind.Unary, samples), new IngestMethod("StreamReports", CallKind.Duplex, samples),
    ];

    public override byte[] NextMessage(Random random)
    {
        var count = random.Next(1, 4);
        lock (gate)
        {
            return TakesOne
                ? new SubmitReportsRequest { Reports = { samples.Next(count) } }.ToByteArray()
                : new StreamReportsRequest { SequenceNumber = random.Next(1, 1_000_000), Reports = { samples.Next(count) } }.ToByteArray();
        }
    }

    public override string? FaultOf(IReadOnlyList<byte[]> requests, IReadOnlyList<byte[]> responses)
    {
        if (responses.Count != requests.Count)
            return $"{requests.Count} messages were answered with {responses.Count}.";
        for (var i = 0; i < requests.Count; i++)
        {
            var fault = TakesOne
                ? FaultOf(0, 0, SubmitReportsRequest.Parser.ParseFrom(requests[i]).Reports.Count, SubmitReportsResponse.Parser.ParseFrom(responses[i]))
                : FaultOf(StreamReportsRequest.Parser.ParseFrom(requests[i]), StreamReportsResponse.Parser.ParseFrom(responses[i]));
            if (fault is not null)
                return fault;
        }

        return null;
    }

    private static string? FaultOf(StreamReportsRequest request, StreamReportsResponse response) =>
        FaultOf(request.SequenceNumber, response.SequenceNumber, request.Reports.Count, response.Result);

    private static string? FaultOf(long asked, long answered, int reports, SubmitReportsResponse response) =>
        asked == answered && response.AcceptedCount == reports ? null : $"Message {asked} of {reports} reports was answered as {answered} with {response}.";
}
