using Exporter.Reports.V1;

namespace Exporter.Delivery.Routing;

/// <summary>Tells operators what Ingest's policy would do with a report.</summary>
public interface IReportRefusal
{
    /// <summary>A sentence that says why Ingest would not keep the report; empty when it would. The report may be changed.</summary>
    string Of(Report report);
}
