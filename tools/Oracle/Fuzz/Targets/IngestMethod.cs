using Exporter.Ingest.V1;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>IngestService's two methods.</summary>
internal sealed record IngestMethod : TargetMethod
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int InvalidArgument = 3;
    private const int MostReports = 3;
    private readonly IReadOnlyList<Report> reports;

    private IngestMethod(string name, CallKind kind, IReadOnlyList<Report> reports)
        : base($"/{IngestService.Descriptor.FullName}/{name}", kind, MostBytes, InvalidArgument) => this.reports = reports;

    /// <summary>Both, with reports to choose from.</summary>
    public static IReadOnlyList<TargetMethod> All(IReadOnlyList<Report> reports) =>
        [new IngestMethod("SubmitReports", CallKind.Unary, reports), new IngestMethod("StreamReports", CallKind.Duplex, reports)];

    public override byte[] NextMessage(Random random)
    {
        var chosen = Enumerable.Range(0, random.Next(1, MostReports + 1)).Select(_ => reports[random.Next(reports.Count)]);
        return TakesOne
            ? new SubmitReportsRequest { Reports = { chosen } }.ToByteArray()
            : new StreamReportsRequest { SequenceNumber = random.Next(1, 1_000_000), Reports = { chosen } }.ToByteArray();
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
