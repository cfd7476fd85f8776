using Exporter.Delivery.Queries;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Admin.Tests.Stand;

internal sealed class MemoryDeadLetters : IDeadLetterStore
{
    public Dictionary<long, (DeadLetter Letter, IReadOnlyList<Report> Reports)> Open { get; } = [];

    public List<long> Replayed { get; } = [];

    public List<long> Discarded { get; } = [];

    public DeadLetter Add(long id, Guid exportId, params Report[] reports)
    {
        var letter = new DeadLetter(
            id, Guid.NewGuid(), exportId, 3, 3 + reports.Length, "key_taken", "Object 'a/b' holds another batch.",
            DateTimeOffset.UnixEpoch.AddSeconds(id));
        Open[id] = (letter, reports);
        return letter;
    }

    public Task<IReadOnlyList<DeadLetter>> ListAsync(Guid? exportId, long? before, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
        [
            .. Open.Values.Select(entry => entry.Letter)
                .Where(letter => exportId is null || letter.ExportId == exportId)
                .Where(letter => before is null || letter.Id < before)
                .OrderByDescending(letter => letter.Id)
                .Take(limit),
        ]);

    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancel) =>
        Task.FromResult(Open.TryGetValue(id, out var entry) ? entry.Letter : null);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. Open[letter.Id].Reports.Take(limit).Select(report => new ReadOnlyMemory<byte>(report.ToByteArray()))]);

    public Task<long> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancel) => Close(ids, Replayed);

    public Task<long> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancel) => Close(ids, Discarded);

    private Task<long> Close(IReadOnlyList<long> ids, List<long> closed)
    {
        closed.AddRange(ids);
        return Task.FromResult(
            ids.Where(Open.ContainsKey).ToArray().Sum(id => Open.Remove(id, out var entry) ? (long)entry.Reports.Count : 0));
    }
}
