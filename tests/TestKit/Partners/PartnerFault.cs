namespace Exporter.TestKit.Partners;

/// <summary>What goes wrong with one request to a partner.</summary>
/// <param name="Effect">How.</param>
/// <param name="Status">Of the answer, where there is one.</param>
/// <param name="RetryAfter">The header's text, or null.</param>
/// <param name="Location">The header's text, or null.</param>
public sealed record PartnerFault(PartnerEffect Effect, int Status = 200, string? RetryAfter = null, string? Location = null)
{
    /// <summary>An answer instead of the acceptance.</summary>
    public static PartnerFault Answer(int status, string? retryAfter = null) => new(PartnerEffect.Answer, status, retryAfter);

    internal bool IsAfter => Effect is PartnerEffect.AnswerAfter or PartnerEffect.HangAfter or PartnerEffect.ResetAfter or PartnerEffect.DripAfter or PartnerEffect.EndlessAfter;

    internal bool IsDrip => Effect is PartnerEffect.Drip or PartnerEffect.DripAfter;

    internal bool IsEndless => Effect is PartnerEffect.Endless or PartnerEffect.EndlessAfter;

    public override string ToString() => Effect == PartnerEffect.Answer ? $"{Status}" : $"{Effect}";
}

/// <summary>How a request goes wrong.</summary>
public enum PartnerEffect
{
    /// <summary>Nothing is taken, and an answer says so.</summary>
    Answer,

    /// <summary>The reports are taken, and the answer says that they were not.</summary>
    AnswerAfter,

    /// <summary>Nothing is taken and nothing answered until the client goes away.</summary>
    Hang,

    /// <summary>The reports are taken, and nothing is answered until the client goes away.</summary>
    HangAfter,

    /// <summary>The connection breaks before anything is taken.</summary>
    Reset,

    /// <summary>The reports are taken, and the connection breaks: a lost answer.</summary>
    ResetAfter,

    /// <summary>The answer's head with the status, then a byte of body now and then, without end.</summary>
    Drip,

    /// <summary>The answer's head with the status, then a body without end, as fast as it goes.</summary>
    Endless,

    /// <summary>The reports are taken; then like <see cref="Drip"/>.</summary>
    DripAfter,

    /// <summary>The reports are taken; then like <see cref="Endless"/>.</summary>
    EndlessAfter,
}
