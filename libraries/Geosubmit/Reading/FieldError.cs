using System.Globalization;
using Exporter.Ingest.V1;

namespace Exporter.Geosubmit.Reading;

/// <summary>A fault of one report and its place: a field, an item of an array, a field of such an item.</summary>
internal readonly record struct FieldError(string? Container, int Item, string? Field, RejectReason Reason, string Detail)
{
    public string Path
    {
        get
        {
            var item = Item < 0 ? null : Item.ToString(CultureInfo.InvariantCulture);
            return string.Join('.', ((string?[])[Container, item, Field]).Where(part => part is not null));
        }
    }
}
