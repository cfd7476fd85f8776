using System.Collections.Concurrent;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Verdicts;

namespace Exporter.Oracle.Fuzz;

/// <summary>How the inputs ended, by what was done to them.</summary>
internal sealed class FuzzTally
{
    private readonly ConcurrentDictionary<string, int> byMutation = new();
    private readonly ConcurrentDictionary<(string Mutation, string Ending), int> endings = new();

    public void Add(Draft draft, Outcome outcome)
    {
        foreach (var mutation in draft.Mutations)
            byMutation.AddOrUpdate(mutation, 1, (_, count) => count + 1);
        if (draft.Mutations is [var only])
            endings.AddOrUpdate((only, $"{outcome.Verdict} {outcome.Detail}".TrimEnd()), 1, (_, count) => count + 1);
    }

    /// <summary>How often a mutation was tried.</summary>
    public int CountOf(string mutation) => byMutation.GetValueOrDefault(mutation);

    /// <summary>How inputs of each single mutation ended.</summary>
    public IEnumerable<string> Lines() => endings.GroupBy(each => each.Key.Mutation).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        $"  {group.Key,-32}{string.Join(", ", group.OrderByDescending(each => each.Value).Select(each => $"{each.Key.Ending}: {each.Value}"))}");

    public IEnumerable<string> Totals() => endings.GroupBy(each => each.Key.Ending.Split(' ')[0])
        .OrderByDescending(group => group.Sum(each => each.Value)).Select(group => $"{group.Key} {group.Sum(each => each.Value)}");
}
