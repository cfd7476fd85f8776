using System.Collections.Concurrent;

namespace Exporter.Oracle.Submissions;

/// <summary>Everything that was ever handed in on a data folder.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<long, SubmittedReport> reports = new();
    private readonly ConcurrentQueue<SubmittedRequest> requests = new();

    public IEnumerable<SubmittedRequest> Requests => requests;

    public int ReportCount => reports.Count;

    public int AcknowledgedCount => requests.Where(request => request.IsAcknowledged).Sum(request => request.Reports.Count);

    public void Add(SubmittedRequest request)
    {
        foreach (var report in request.Reports)
            reports[report.Id] = report;
        requests.Enqueue(request);
    }

    public SubmittedReport? Find(long id) => reports.GetValueOrDefault(id);
}
