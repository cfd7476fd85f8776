using Exporter.Reports.V1;
using Exporter.Samples;

namespace Exporter.Oracle.Submissions;

/// <summary>Makes requests of reports with ids, and writes them into the journal before anybody can send them.</summary>
internal sealed class RequestSupply(long seed, Journal journal, TimeProvider clock)
{
    public static readonly IReadOnlyList<string?> ApiKeys = [null, "oracle-a", "oracle-b"];

    private const int MostReports = 12;
    private readonly Lock gate = new();
    private readonly SampleReports samples = new(seed, clock.GetUtcNow());
    private readonly Random random = new((int)(seed % int.MaxValue));
    private long reports;
    private long requests;

    public SubmittedRequest Next(bool withKey)
    {
        lock (gate)
        {
            var number = ++requests;
            var request = new SubmittedRequest(number, ApiKeys[random.Next(ApiKeys.Count)], withKey ? $"request-{number}" : null);
            for (var left = random.Next(1, MostReports + 1); left > 0; left--)
                Add(request, NextReport());
            journal.Add(request);
            return request;
        }
    }

    private void Add(SubmittedRequest request, Report report)
    {
        request.Messages.Add(report);
        request.Reports.Add(new(reports, request, GeosubmitText.Word(report.Position.Source), GeosubmitText.Write(report)));
    }

    private Report NextReport()
    {
        var report = SampleReports.WithId(samples.Next(), ++reports);
        if (random.Next(4) == 0)
        {
            report.Carrier = "Örtlicher \"Anbieter\" \u2603";
            report.HomeMobileCountryCode = random.Next(200, 750);
            report.HomeMobileNetworkCode = random.Next(0, 100);
        }

        return report;
    }
}
