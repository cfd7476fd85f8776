using Exporter.Oracle.Checks;

namespace Exporter.Oracle.Rounds;

/// <summary>How a round went.</summary>
internal sealed record RoundResult(IReadOnlyList<Finding> Findings, int Kills, int Submitted, int Acknowledged);
