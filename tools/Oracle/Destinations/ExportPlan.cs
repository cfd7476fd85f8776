using Exporter.Admin.V1;
using Exporter.Oracle.Submissions;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Oracle.Destinations;

/// <summary>An export of the oracle, and which reports belong there.</summary>
internal sealed record ExportPlan(string Name, ExportKind Kind = ExportKind.S3)
{
    /// <summary>Of every object, under the export's own place.</summary>
    public const string KeyTemplate = "{source}/{api_key}/{year}/{month}/{day}";

    private static readonly TimeSpan ShortDelay = TimeSpan.FromMilliseconds(200);

    public ObjectFormat Format { get; init; } = ObjectFormat.Json;

    public ObjectCompression Compression { get; init; } = ObjectCompression.Gzip;

    public string? SkippedKey { get; init; }

    public string? SkippedSource { get; init; }

    public int BatchReports { get; init; }

    public bool HasObjects => Kind == ExportKind.S3;

    public string Extension => (Format == ObjectFormat.Json ? ".json" : ".ndjson") + (Compression == ObjectCompression.Gzip ? ".gz" : "");

    /// <summary>What each store of a run has.</summary>
    public static IReadOnlyList<ExportPlan> All { get; } =
    [
        new("everything") { BatchReports = 300 },
        new("small-lines") { BatchReports = 5, Format = ObjectFormat.Ndjson },
        new("without-key") { BatchReports = 40, SkippedKey = "oracle-b", Compression = ObjectCompression.None },
        new("without-source") { BatchReports = 0, SkippedSource = "fused", Format = ObjectFormat.Ndjson, Compression = ObjectCompression.None },
        new("nothing", ExportKind.Dummy) { BatchReports = 20 },
    ];

    /// <summary>To an HTTPS partner, where there is one.</summary>
    public static ExportPlan ToPartner { get; } = new("partner", ExportKind.Geosubmit) { BatchReports = 25 };

    public bool Matches(SubmittedReport report) =>
        (SkippedKey is null || report.Request.ApiKey != SkippedKey) && report.Source != SkippedSource;

    /// <summary>As an operator would save it.</summary>
    /// <param name="destination">Null for one that keeps nothing.</param>
    /// <param name="maxDelay">Until a batch is sealed by age.</param>
    public Export ToExport(IDestination? destination, TimeSpan? maxDelay = null)
    {
        var settings = new ExportSettings { BatchReports = BatchReports, MaxDelay = Duration.FromTimeSpan(maxDelay ?? ShortDelay), Concurrency = 3 };
        if (SkippedKey is not null)
            settings.SkipKeys.Add(SkippedKey);
        if (SkippedSource is not null)
            settings.SkipSources.Add(SkippedSource);
        destination?.Address(settings);
        return new() { Name = Name, Kind = Kind, Enabled = true, Settings = settings };
    }

    public ObjectSettings ToObjectSettings() => new() { Format = Format, Compression = Compression };
}
