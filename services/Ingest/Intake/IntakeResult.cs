using System.Diagnostics.CodeAnalysis;
using Exporter.Ingest.V1;

namespace Exporter.Ingest.Intake;

/// <summary>The answer to a request that was taken, or why it was not.</summary>
internal readonly record struct IntakeResult(SubmitReportsResponse? Answer, Refusal? Refusal)
{
    public static IntakeResult Of(SubmitReportsResponse answer) => new(answer, null);

    public static IntakeResult Of(Refusal refusal) => new(null, refusal);

    public bool IsRefused([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out SubmitReportsResponse? answer)
    {
        (refusal, answer) = (Refusal, Answer);
        return refusal is not null;
    }
}
