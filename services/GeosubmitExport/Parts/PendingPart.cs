using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Requests;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>A part to be settled.</summary>
/// <param name="Range">Which reports.</param>
/// <param name="Refused">How it was refused already, or null when it was not sent yet.</param>
internal readonly record struct PendingPart(ReportRange Range, PartnerAnswer.Refused? Refused = null);
