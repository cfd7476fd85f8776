namespace Exporter.Faults.Destinations;

/// <summary>Reports that a destination took at one go.</summary>
/// <param name="Name">The object's, or the request's Idempotency-Key.</param>
/// <param name="Ids">Of the reports.</param>
/// <param name="Text">The body, unpacked; empty for objects.</param>
internal sealed record Arrival(string Name, IReadOnlyList<string> Ids, string Text);
