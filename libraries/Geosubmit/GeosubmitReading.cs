using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

/// <summary>What came of reading a body: one of three.</summary>
public abstract record GeosubmitReading
{
    private GeosubmitReading()
    {
    }

    /// <summary>The body could be taken as a whole; each of its reports was accepted or refused alone.</summary>
    /// <param name="ItemCount">Reports in the body: those accepted and those rejected.</param>
    /// <param name="Accepted">In the order of the body; empty when a sink took them.</param>
    /// <param name="Rejected">In the order of the body; the field path is relative to the report.</param>
    public sealed record Document(
        int ItemCount, IReadOnlyList<AcceptedReport> Accepted, IReadOnlyList<RejectedReport> Rejected) : GeosubmitReading;

    /// <summary>Nothing of the body can be taken. With an empty body, both details are null.</summary>
    /// <param name="Decode">Why it is not JSON in UTF-8: one sentence.</param>
    /// <param name="Validation">Sentences by path, such as <c>items.0.wifiAccessPoints.0.macAddress</c>; at most 100.</param>
    public sealed record ParseError(string? Decode, IReadOnlyDictionary<string, string>? Validation) : GeosubmitReading;

    /// <summary>The body holds more reports than are taken at once; it was not read to its end.</summary>
    /// <param name="Limit">How many are taken.</param>
    public sealed record TooManyItems(int Limit) : GeosubmitReading;
}

/// <summary>A report that was taken.</summary>
/// <param name="Index">Its place in the body, from 0.</param>
/// <param name="Report">The report; its <c>observed_at</c> is set.</param>
public readonly record struct AcceptedReport(int Index, Report Report);
