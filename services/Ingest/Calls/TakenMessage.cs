using Exporter.Ingest.Intake;

namespace Exporter.Ingest.Calls;

/// <summary>A message whose reports are on their way to the disk.</summary>
/// <param name="SequenceNumber">The client's.</param>
/// <param name="Length">Bytes of the message.</param>
/// <param name="Result">Completes when they are there, or when they are refused.</param>
/// <param name="IsRefusedAtOnce">Whether it was refused before it reached the group commit.</param>
internal readonly record struct TakenMessage(long SequenceNumber, int Length, Task<IntakeResult> Result, bool IsRefusedAtOnce = false);
