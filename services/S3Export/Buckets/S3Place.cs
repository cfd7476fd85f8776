using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Buckets;

/// <summary>Names a destination in sentences, without the API key that its objects' names hold.</summary>
/// <param name="Export">Whose.</param>
/// <param name="Bucket">Which.</param>
internal sealed record S3Place(ExportDefinition Export, string Bucket)
{
    public override string ToString() => $"S3 bucket '{Bucket}' in export '{Export.Name}'";

    /// <summary>What credentials are asked for at a step.</summary>
    public string Permission(S3Step step) => $"{S3Permissions.Of(step, Export.Settings.Objects)} under '{Folder}'";

    private string Folder
    {
        get
        {
            var template = ObjectKeyTemplate.TryParse(Export.Settings.Url, out _);
            return template?.Bucket == Bucket ? template.StaticFolder : $"{ObjectLocation.S3Scheme}{Bucket}/";
        }
    }
}
