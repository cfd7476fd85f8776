using System.Text.Json;
using Exporter.Cli.Output;
using Exporter.Ingest.V1;

namespace Exporter.Cli.Sampling;

internal sealed class SampleTotals
{
    private readonly SortedDictionary<string, long> _droppedByReason = new(StringComparer.Ordinal);
    private long _rejected;
    private long _sampledOut;

    public long Sent { get; private set; }

    public long Accepted { get; private set; }

    // Over HTTP the answer does not tell what was dropped.
    public bool TellsDropped { get; init; } = true;

    public void Add(int sent, SubmitReportsResponse answer)
    {
        Sent += sent;
        Accepted += answer.AcceptedCount;
        _rejected += answer.RejectedReports.Count;
        _sampledOut += answer.SampledOutCount;
        foreach (var dropped in answer.Dropped)
        {
            var reason = Values.ContractWord<DropReason>.Of(dropped.Reason);
            _droppedByReason[reason] = _droppedByReason.GetValueOrDefault(reason) + dropped.Count;
        }
    }

    public void Show(Screen screen, TimeSpan elapsed)
    {
        if (screen.IsJson)
        {
            screen.Raw(Json(elapsed));
            return;
        }

        screen.Facts(
            ("Sent", Words.Of(Sent)),
            ("Accepted", TellsDropped ? Words.Of(Accepted) : $"{Words.Of(Accepted)} (or dropped: HTTP answers don't tell)"),
            ("Rejected", Words.Of(_rejected)),
            ("Sampled out", TellsDropped ? Words.Of(_sampledOut) : ""),
            ("Dropped", TellsDropped ? Words.Of(_droppedByReason.Values.Sum()) : ""),
            ("Dropped for", string.Join(", ", _droppedByReason.Select(pair => $"{pair.Key} {Words.Of(pair.Value)}"))),
            ("Reports/s", Words.Of((long)(Sent / Math.Max(elapsed.TotalSeconds, 0.001)))));
    }

    private string Json(TimeSpan elapsed) => JsonSerializer.Serialize(new
    {
        sent = Sent,
        accepted = Accepted,
        rejected = _rejected,
        sampledOut = TellsDropped ? _sampledOut : (long?)null,
        droppedByReason = TellsDropped ? _droppedByReason : null,
        seconds = Math.Round(elapsed.TotalSeconds, 3),
    });
}
