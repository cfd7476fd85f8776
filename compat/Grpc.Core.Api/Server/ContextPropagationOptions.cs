namespace Grpc.Core;

/// <summary>What a call hands on to the calls made on its behalf.</summary>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>The defaults: all of it.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is handed on.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is handed on.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
