using Exporter.Oracle.Fuzz.Drafts;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>One way to spoil a call, which also says how such a call may end.</summary>
/// <param name="Layer">Where it bites.</param>
/// <param name="Name">Short and for good, since findings are told by it.</param>
/// <param name="Weight">How often it is taken against others of its layer.</param>
/// <param name="Apply">Spoils.</param>
internal sealed record Mutation(Layer Layer, string Name, int Weight, Action<Draft, Random> Apply)
{
    /// <summary>Whether a method can be called so.</summary>
    public Predicate<TargetMethod> Fits { get; init; } = _ => true;

    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. MessageMutations.All, .. PackedMutations.All, .. HeaderMutations.All, .. RouteMutations.All, .. PeerMutations.All,
        .. FrameMutations.All, .. BlockMutations.All, .. FloodMutations.All, .. ByteMutations.All,
    ];
}
