namespace Exporter.Delivery.Routing;

/// <summary>The label of an s3 export's partition.</summary>
public static class PartitionKey
{
    /// <summary>Stands for reports without an API key; no key can be it, since keys have no underscore.</summary>
    public const string NoKey = "no_key";

    /// <summary>{source}/{api_key}.</summary>
    public static string Of(string source, string? apiKey) => $"{source}/{apiKey ?? NoKey}";
}
