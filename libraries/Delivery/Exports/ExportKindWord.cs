namespace Exporter.Delivery.Exports;

/// <summary>The words for kinds of exports, as operators write and read them.</summary>
public static class ExportKindWord
{
    /// <summary>The word of a kind; an undefined kind is <c>unknown</c>.</summary>
    public static string Of(ExportKind kind) => kind switch
    {
        ExportKind.Dummy => "dummy",
        ExportKind.Geosubmit => "geosubmit",
        ExportKind.Internal => "internal",
        ExportKind.S3 => "s3",
        _ => "unknown",
    };
}
