using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

/// <summary>Takes the reports of a body one by one, so that they need not all be in memory at once.</summary>
public interface IReportSink
{
    /// <summary>The next report that was taken; in the order of the body.</summary>
    /// <param name="index">Its place in the body, from 0.</param>
    /// <param name="report">Its <c>observed_at</c> is set. The sink may change it.</param>
    void Accept(int index, Report report);

    /// <summary>What was accepted before does not count: the body says <c>items</c> again, or is read once more.</summary>
    void Restart();
}
