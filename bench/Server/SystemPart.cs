namespace Exporter.Bench.Server;

/// <summary>A part of the system: one process or several of a kind, each with its children, and what it uses while it is looked at.</summary>
/// <param name="name">For the page.</param>
/// <param name="roots">Its processes now.</param>
/// <param name="hasChildren">Whether processes that they started belong to it.</param>
internal sealed class SystemPart(string name, Func<IEnumerable<int>> roots, bool hasChildren = false)
{
    private readonly Dictionary<int, (ProcessUse First, ProcessUse Last)> useById = [];
    private TimeSpan processor;

    public string Name => name;

    /// <summary>Processor time from <see cref="Begin"/> to the last look.</summary>
    public TimeSpan Processor => Total() - processor;

    /// <summary>Bytes sent towards a disk since <see cref="Begin"/>; those of processes that came and went between two looks are missing.</summary>
    public long WrittenBytes => useById.Values.Sum(use => use.Last.WrittenBytes - use.First.WrittenBytes);

    /// <summary>The most memory of one process with its children, as seen at looks.</summary>
    public long PeakBytes { get; private set; }

    public void Begin()
    {
        useById.Clear();
        Look();
        foreach (var (id, use) in useById.ToList())
            useById[id] = (use.Last, use.Last);
        processor = Total();
        PeakBytes = 0;
    }

    /// <summary>Notes what is used by now.</summary>
    public void Look()
    {
        foreach (var root in roots())
        {
            var tree = hasChildren ? ProcessUse.Tree(root).ToList() : [root];
            foreach (var id in tree)
            {
                if (ProcessUse.Of(id) is { } use)
                    useById[id] = (useById.TryGetValue(id, out var before) ? before.First : default, use);
            }

            PeakBytes = Math.Max(PeakBytes, hasChildren ? tree.Sum(ProcessUse.ProportionalBytes) : new ProcessMemory(root).PeakBytes);
        }
    }

    /// <summary>Processor time by process since <see cref="Begin"/>.</summary>
    public IReadOnlyDictionary<int, TimeSpan> ProcessorById() => useById.ToDictionary(pair => pair.Key, pair => pair.Value.Last.Processor - pair.Value.First.Processor);

    // A parent's time grows by a child's when that has ended, so only those that live are added up.
    private TimeSpan Total() => useById.Where(pair => Directory.Exists($"/proc/{pair.Key}")).Aggregate(TimeSpan.Zero, (sum, pair) => sum + pair.Value.Last.Processor);
}
