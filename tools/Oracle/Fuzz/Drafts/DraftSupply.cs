using Exporter.Oracle.Fuzz.Mutations;

namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>Makes the inputs of a seed; the same number is the same input again.</summary>
/// <param name="seed">Chooses them.</param>
/// <param name="methods">To call.</param>
/// <param name="names">Mutations that each of them has, or none to choose for each.</param>
internal sealed class DraftSupply(long seed, IReadOnlyList<TargetMethod> methods, params IReadOnlyList<string> names)
{
    private const int MostMessages = 4;
    private const int SecondMutationPercent = 25;

    private static readonly Dictionary<Layer, int> Weights = new()
    {
        [Layer.Messages] = 35,
        [Layer.Headers] = 30,
        [Layer.Peer] = 10,
        [Layer.Frames] = 25,
    };

    private readonly List<Mutation> given = [.. names.Select(name => Mutation.All.Single(mutation => mutation.Name == name))];

    /// <exception cref="InvalidOperationException">No method takes the given mutations.</exception>
    public Draft Make(long number)
    {
        var random = new Random(HashOf(number));
        var fitting = methods.Where(each => given.All(mutation => mutation.Fits(each))).ToList();
        if (fitting.Count == 0)
            throw new InvalidOperationException($"No method of this target can be called with {string.Join(" and ", names)}.");
        var method = fitting[random.Next(fitting.Count)];
        var chosen = given.Count > 0 ? given : Choose(method, random);
        return Make(method, random, [.. chosen.OrderBy(mutation => mutation.Layer)]);
    }

    /// <summary>An input of known mutations.</summary>
    public static Draft Make(TargetMethod method, Random random, params IReadOnlyList<Mutation> mutations)
    {
        var messages = Enumerable.Range(0, method.TakesOne ? 1 : random.Next(1, MostMessages + 1)).Select(_ => method.NextMessage(random));
        var draft = new Draft(method, [.. messages]);
        foreach (var mutation in mutations)
        {
            mutation.Apply(draft, random);
            draft.Mutations.Add(mutation.Name);
        }

        return draft;
    }

    private static IEnumerable<Mutation> Choose(TargetMethod method, Random random)
    {
        var layer = Pick(Weights.Keys, each => Weights[each], random);
        yield return Pick(layer, method, random);

        // What is done to HTTP/2's frames stands alone, so that it is plain what may come of it.
        if (layer == Layer.Frames || random.Next(100) >= SecondMutationPercent)
            yield break;
        var other = Pick(Weights.Keys.Where(each => each != layer && each != Layer.Frames), each => Weights[each], random);
        yield return Pick(other, method, random);
    }

    private static Mutation Pick(Layer layer, TargetMethod method, Random random) =>
        Pick(Mutation.All.Where(mutation => mutation.Layer == layer && mutation.Fits(method)), mutation => mutation.Weight, random);

    private static T Pick<T>(IEnumerable<T> from, Func<T, int> weightOf, Random random)
    {
        T[] all = [.. from];
        var at = random.Next(all.Sum(weightOf));
        return all.First(each => (at -= weightOf(each)) < 0);
    }

    /// <summary>Unlike HashCode, the same in every process.</summary>
    private int HashOf(long number)
    {
        var mixed = (ulong)(seed * 1_000_003 + number) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 33);
    }
}
