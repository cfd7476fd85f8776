using Exporter.Delivery.Queries;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Admin.Tests.Stand;

internal sealed class MemoryDeadLetters : IDeadLetterStore
{
    public Dictionary<long, (DeadLetter Letter, IReadOnlyList<Report> Reports)> Open { get; } = [];

    public List<long> Replayed { get; } = [];

    public List<long> Discarded { get; } = [];

    // How many each transaction took.
    public List<int> Portions { get; } = [];

    // A destination that refuses what is replayed at once.
    public bool FailsAgain { get; set; }

    public DeadLetter Add(long id, Guid exportId, params Report[] reports)
    {
        var letter = new DeadLetter(
            id, Guid.NewGuid(), exportId, 3, 3 + reports.Length, "key_taken", "Object 'a/b' holds another batch.",
            DateTimeOffset.UnixEpoch.AddSeconds(id))
        {
            FirstAttemptAt = DateTimeOffset.UnixEpoch,
            Attempts = 7,
        };
        Open[id] = (letter, reports);
        return letter;
    }

    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
        [
            .. Matching(filter).Where(letter => before is null || letter.Id < before).OrderByDescending(letter => letter.Id).Take(limit),
        ]);

    public Task<ReportTotals> CountAsync(DeadLetterFilter filter, CancellationToken cancel) => Task.FromResult(Totals(Matching(filter)));

    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancel) =>
        Task.FromResult(Open.TryGetValue(id, out var entry) ? entry.Letter : null);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. Open[letter.Id].Reports.Take(limit).Select(report => new ReadOnlyMemory<byte>(report.ToByteArray()))]);

    public Task<ReportTotals> ReplayAsync(DeadLetterFilter filter, int limit, CancellationToken cancel)
    {
        var closed = Close(filter, limit, Replayed);
        if (FailsAgain)
        {
            foreach (var letter in closed)
                Add(letter.Id + 1_000_000, letter.ExportId, new Report());
        }

        return Task.FromResult(Totals(closed));
    }

    public Task<ReportTotals> DiscardAsync(DeadLetterFilter filter, int limit, CancellationToken cancel) =>
        Task.FromResult(Totals(Close(filter, limit, Discarded)));

    private IEnumerable<DeadLetter> Matching(DeadLetterFilter filter) => Open.Values.Select(entry => entry.Letter)
        .Where(letter => filter.Ids.Count == 0 || filter.Ids.Contains(letter.Id))
        .Where(letter => filter.ExportId is null || letter.ExportId == filter.ExportId)
        .Where(letter => filter.ErrorType is null || letter.ErrorType == filter.ErrorType)
        .Where(letter => !(letter.CreatedAt < filter.From) && !(letter.CreatedAt >= filter.To))
        .Where(letter => !(letter.Id > filter.LastId));

    private List<DeadLetter> Close(DeadLetterFilter filter, int limit, List<long> closed)
    {
        var taken = Matching(filter).OrderBy(letter => letter.Id).Take(limit).ToList();
        Portions.Add(taken.Count);
        closed.AddRange(taken.Select(letter => letter.Id));
        foreach (var letter in taken)
            Open.Remove(letter.Id);
        return taken;
    }

    private static ReportTotals Totals(IEnumerable<DeadLetter> letters) =>
        letters.Aggregate(default(ReportTotals), (sum, letter) => sum + letter.Totals);
}
