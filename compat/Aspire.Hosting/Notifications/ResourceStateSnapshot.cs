namespace Aspire.Hosting.ApplicationModel;

/// <summary>A state, and how it is shown.</summary>
/// <param name="Text">One of <see cref="KnownResourceStates"/>.</param>
/// <param name="Style">Null, <c>success</c> or <c>error</c>.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state in no special style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? text) => text is null ? null : new(text, Style: null);
}
