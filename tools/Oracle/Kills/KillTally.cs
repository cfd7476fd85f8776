using Exporter.Delivery.Faults;

namespace Exporter.Oracle.Kills;

/// <summary>How often the process died, and where.</summary>
internal sealed class KillTally
{
    private readonly Dictionary<string, int> hits = Failpoint.Names.ToDictionary(name => name, _ => 0);
    private readonly Dictionary<string, int> misses = Failpoint.Names.ToDictionary(name => name, _ => 0);

    public int AtRandom { get; private set; }

    public int AtStart { get; private set; }

    public int HitsOf(string window) => hits[window];

    public int MissesOf(string window) => misses[window];

    public IReadOnlyList<string> Below(int least) => [.. hits.Where(window => window.Value < least).Select(window => window.Key)];

    public void Hit(KillOrder order) => hits[order.Window!]++;

    /// <summary>The window was not reached in time, so that the process was killed at a moment instead.</summary>
    public void Miss(KillOrder order)
    {
        misses[order.Window!]++;
        AtRandom++;
    }

    public void Random(KillOrder order)
    {
        if (order.IsAtStart)
            AtStart++;
        else
            AtRandom++;
    }

    public IEnumerable<string> Lines()
    {
        foreach (var name in Failpoint.Names)
            yield return $"  {name,-16} {hits[name],5}{(misses[name] > 0 ? $"   ({misses[name]} not reached)" : "")}";
        yield return $"  {"at random",-16} {AtRandom,5}";
        yield return $"  {"while starting",-16} {AtStart,5}";
    }
}
