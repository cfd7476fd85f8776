using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.TestKit.Batches;

/// <summary>Exports as they stand in a store.</summary>
public static class TestExports
{
    public const string Template = "backup/{source}/{api_key}/{year}/{month}/{day}";

    /// <summary>To a bucket of a store on this machine, with credentials from the secret <c>s3</c>.</summary>
    public static ExportDefinition ToBucket(string endpoint, string bucket = "reports", ConditionalPut conditions = ConditionalPut.Unknown) => Of(
        $"s3://{bucket}/{Template}",
        new ObjectSettings { Endpoint = endpoint, UsePathStyle = true, CredentialsSecret = "s3", PartSizeBytes = ObjectRules.MinPartSizeBytes },
        conditions);

    /// <summary>To a folder.</summary>
    public static ExportDefinition ToFolder(string folder) => Of($"file://{folder}/{Template}", new(), ConditionalPut.Honoured);

    /// <summary>To a partner whose authority stands in the secret <c>authority</c>.</summary>
    public static ExportDefinition ToPartner(string url, int batch = 100)
    {
        var settings = new ExportSettings { Url = url, BatchReports = batch, AuthoritySecret = "authority" };
        return Of(url, new(), ConditionalPut.Unknown) with { Kind = ExportKind.Geosubmit, Settings = settings };
    }

    /// <summary>With other object settings.</summary>
    public static ExportDefinition With(this ExportDefinition export, Func<ObjectSettings, ObjectSettings> change) => export with
    {
        Revision = export.Revision + 1,
        Settings = export.Settings with { Objects = change(export.Settings.Objects) },
    };

    private static ExportDefinition Of(string url, ObjectSettings objects, ConditionalPut conditions)
    {
        var made = new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero);
        return new(Guid.NewGuid(), "daily", ExportKind.S3, true, new ExportSettings { Url = url, Objects = objects }, conditions, made, made, 1);
    }
}
