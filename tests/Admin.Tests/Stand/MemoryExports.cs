using Exporter.Delivery.Exports;

namespace Exporter.Admin.Tests.Stand;

// Beside the configurations: what each export holds, and what waits unsealed, as (API key, source) of each report.
internal sealed class MemoryExports : IExportStore
{
    private readonly Dictionary<Guid, ExportDefinition> _exports = [];
    private readonly Lock _lock = new();
    private long _revision;

    public Dictionary<Guid, List<(string? Key, string Source)>> Unsealed { get; } = [];

    public Dictionary<Guid, (long Moved, long Kept)> Waiting { get; } = [];

    public Task<ExportSnapshot> LoadAsync(CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(new ExportSnapshot(_revision, _exports.Values));
    }

    public Task<long> ReadRevisionAsync(CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(_revision);
    }

    public Task<SaveResult> CreateAsync(ExportDefinition export, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (export.Kind == ExportKind.Internal && _exports.Values.Any(other => other.Kind == ExportKind.Internal))
                return Task.FromResult(SaveResult.SecondInternal);

            return Save(export);
        }
    }

    public Task<SaveResult> UpdateAsync(ExportDefinition export, CancellationToken cancel)
    {
        lock (_lock)
        {
            return _exports.TryGetValue(export.Id, out var standing)
                ? Save(export with { Kind = standing.Kind, ConditionalPut = standing.ConditionalPut, CreatedAt = standing.CreatedAt })
                : Task.FromResult(SaveResult.NotFound);
        }
    }

    public Task RecordCheckAsync(Guid id, ConditionalPut found, CancellationToken cancel)
    {
        lock (_lock)
            _exports[id] = _exports[id] with { ConditionalPut = found };
        return Task.CompletedTask;
    }

    public Task<long?> DeleteAsync(Guid id, long discardCount, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (!_exports.ContainsKey(id))
                return Task.FromResult<long?>(null);

            var held = (long)Unsealed.GetValueOrDefault(id, []).Count;
            if (held == discardCount)
            {
                _exports.Remove(id);
                _revision++;
            }

            return Task.FromResult<long?>(held);
        }
    }

    public Task<long> CountUnsealedAsync(
        Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult((long)Unsealed.GetValueOrDefault(id, []).Count(Matches(skipKeys, skipSources)));
    }

    public Task<long> DiscardUnsealedAsync(
        Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult((long)Unsealed.GetValueOrDefault(id, []).RemoveAll(new(Matches(skipKeys, skipSources))));
    }

    public Task<(long Moved, long Kept)> MoveWaitingAsync(Guid id, CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(Waiting.GetValueOrDefault(id));
    }

    private static Func<(string? Key, string Source), bool> Matches(IReadOnlyList<string> keys, IReadOnlyList<string> sources) =>
        report => (report.Key is not null && keys.Contains(report.Key)) || sources.Contains(report.Source);

    private Task<SaveResult> Save(ExportDefinition export)
    {
        if (_exports.Values.Any(other => other.Id != export.Id && other.Name == export.Name))
            return Task.FromResult(SaveResult.NameTaken);

        _exports[export.Id] = export with { Revision = ++_revision };
        return Task.FromResult(SaveResult.Saved);
    }
}
