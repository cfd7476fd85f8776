using System.Text.Json;
using Exporter.Geosubmit.Coercion;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

/// <summary>Walks one body from its first byte to its last. Throws <see cref="JsonException"/> where it is not JSON.</summary>
internal ref partial struct BodyReader
{
    private readonly Vocabulary names;
    private readonly bool flatPosition;
    private readonly long now;
    private readonly IReportSink? sink;
    private readonly ReportErrors errors = new();
    private Utf8JsonReader json;
    private KnownField field = null!;
    private string? container;
    private int item = -1;

    public BodyReader(ReadOnlySpan<byte> body, GeosubmitVersion version, DateTimeOffset now, IReportSink? sink)
    {
        json = new(body, new JsonReaderOptions { MaxDepth = GeosubmitReader.MaxDepth });
        names = Vocabulary.Of(version);
        flatPosition = version != GeosubmitVersion.V2;
        this.sink = sink;
        this.now = now.ToUnixTimeMilliseconds();
    }

    /// <summary>Whether the last token stood, or opened a level, at the deepest that there may be.</summary>
    public readonly bool TooDeep =>
        json.CurrentDepth + (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0) >= GeosubmitReader.MaxDepth;

    public GeosubmitReading Read()
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return Refused("", Sentences.NoObject(json.TokenType));

        Findings? findings = null;
        var notArray = JsonTokenType.None;
        while (NextField(Vocabulary.Document))
        {
            findings = null;
            notArray = JsonTokenType.None;
            if (json.TokenType != JsonTokenType.StartArray)
            {
                notArray = json.TokenType;
                json.Skip();
            }
            else if (!TryReadItems(findings = new(sink)))
            {
                return new GeosubmitReading.TooManyItems(GeosubmitReader.MaxItems);
            }
        }

        if (notArray != JsonTokenType.None)
            return Refused("items", Sentences.NotIterable(notArray));
        if (findings is null)
            return Refused("items", Sentences.Required);
        json.Read();
        return findings.Conclude();
    }

    private GeosubmitReading.ParseError Refused(string path, string detail)
    {
        json.Skip();
        json.Read();
        return new GeosubmitReading.ParseError(null, new Dictionary<string, string> { [path] = detail });
    }

    private bool TryReadItems(Findings findings)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (findings.Count == GeosubmitReader.MaxItems)
                return false;

            errors.Clear();
            var report = ReadReport();
            if (errors.Any)
                findings.Reject(errors.Held);
            else
                findings.Accept(report);
        }

        errors.Clear();
        return true;
    }

    private bool NextField(FieldTable table)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var known = json.ValueIsEscaped ? FindEscaped(table) : table.Find(json.ValueSpan);
            json.Read();
            if (known is null)
            {
                json.Skip();
                continue;
            }

            field = known;
            if (errors.Any)
                errors.Forget(container, item, known.Name);
            return true;
        }

        return false;
    }

    private readonly KnownField? FindEscaped(FieldTable table)
    {
        const int LongestEscape = 6;
        if (json.ValueSpan.Length > table.LongestName * LongestEscape || Surrogates.AreLone(json.ValueSpan))
            return null;

        Span<byte> name = stackalloc byte[json.ValueSpan.Length];
        return table.Find(name[..json.CopyString(name)]);
    }

    private void Refuse(string detail) => errors.Add(new(container, item, field.Name, RejectReason.InvalidType, detail));
}
