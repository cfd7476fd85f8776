using Exporter.Delivery.Exports;

namespace Exporter.GeosubmitExport.Requests;

/// <summary>Names a partner in sentences, by its host alone: the rest of the address may hold secrets.</summary>
internal static class PartnerPlace
{
    public static string Of(ExportDefinition export) =>
        $"Partner '{(Uri.TryCreate(export.Settings.Url, UriKind.Absolute, out var url) ? url.Host : "?")}' in export '{export.Name}'";
}
