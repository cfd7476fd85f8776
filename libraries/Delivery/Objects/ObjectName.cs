using System.Globalization;

namespace Exporter.Delivery.Objects;

/// <summary>How values become parts of object keys and file paths: escaped, never stripped.</summary>
public static class ObjectName
{
    /// <summary>Stands for an absent API key.</summary>
    public const string NoKey = "no_key";

    /// <summary>A value that can neither make a folder nor climb out of one.</summary>
    public static string Segment(string value) =>
        Uri.EscapeDataString(value).Replace(".", "%2E", StringComparison.Ordinal);

    /// <summary>A number of a date, in UTC, with its leading zeros.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="format">yyyy, MM or dd.</param>
    public static string DatePart(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The extension of a body: .json.gz, .json, .ndjson.gz or .ndjson.</summary>
    public static string Extension(ObjectFormat format, ObjectCompression compression) =>
        (format == ObjectFormat.Ndjson ? ".ndjson" : ".json") + (compression == ObjectCompression.Gzip ? ".gz" : "");
}
