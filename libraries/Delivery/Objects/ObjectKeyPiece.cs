namespace Exporter.Delivery.Objects;

/// <summary>A piece of a template: literal text, or a placeholder.</summary>
/// <param name="Text">The literal, or the placeholder's name without braces.</param>
/// <param name="Placeholder">Which placeholder, or null for a literal.</param>
internal sealed record ObjectKeyPiece(string Text, ObjectKeyPlaceholder? Placeholder = null)
{
    /// <summary>The piece as long as it can become.</summary>
    public string Longest => Placeholder switch
    {
        null => Text,
        ObjectKeyPlaceholder.ApiKey => new('x', Keys.ApiKey.MaxLength),
        ObjectKeyPlaceholder.Source => "fused",
        ObjectKeyPlaceholder.Year => "2000",
        _ => "01",
    };

    /// <summary>The piece with its value.</summary>
    public string Fill(string source, string? apiKey, DateTimeOffset sealedAt) => Placeholder switch
    {
        null => Text,
        ObjectKeyPlaceholder.Source => ObjectName.Segment(source),
        ObjectKeyPlaceholder.ApiKey => string.IsNullOrEmpty(apiKey) ? ObjectName.NoKey : ObjectName.Segment(apiKey),
        ObjectKeyPlaceholder.Year => ObjectName.DatePart(sealedAt, "yyyy"),
        ObjectKeyPlaceholder.Month => ObjectName.DatePart(sealedAt, "MM"),
        _ => ObjectName.DatePart(sealedAt, "dd"),
    };
}

/// <summary>What a template can hold the place of.</summary>
internal enum ObjectKeyPlaceholder
{
    Source,
    ApiKey,
    Year,
    Month,
    Day,
}
