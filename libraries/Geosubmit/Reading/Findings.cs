using System.Globalization;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

/// <summary>Gathers what became of each report of a body.</summary>
internal sealed class Findings
{
    private const int MostPaths = 100;
    private readonly List<AcceptedReport> accepted = [];
    private readonly List<RejectedReport> rejected = [];
    private readonly Dictionary<string, string> details = [];
    private int ofWrongType;

    private readonly IReportSink? sink;

    public Findings(IReportSink? sink)
    {
        this.sink = sink;
        sink?.Restart();
    }

    public int Count { get; private set; }

    public void Accept(Report report)
    {
        if (sink is null)
            accepted.Add(new(Count, report));
        else
            sink.Accept(Count, report);
        Count++;
    }

    public void Reject(IReadOnlyList<FieldError> errors)
    {
        foreach (var error in errors)
        {
            if (details.Count >= MostPaths)
                break;
            details[FullPath(error)] = error.Detail;
        }

        if (errors.Any(error => error.Reason == RejectReason.InvalidType))
            ofWrongType++;
        var first = errors[0];
        rejected.Add(new() { Index = Count++, FieldPath = first.Path, Reason = first.Reason, Detail = first.Detail });
    }

    public GeosubmitReading Conclude() => ofWrongType > 0 && ofWrongType == Count
        ? new GeosubmitReading.ParseError(null, details)
        : new GeosubmitReading.Document(Count, accepted, rejected);

    private string FullPath(in FieldError error)
    {
        var report = string.Create(CultureInfo.InvariantCulture, $"items.{Count}");
        return error.Path is { Length: > 0 } path ? $"{report}.{path}" : report;
    }
}
