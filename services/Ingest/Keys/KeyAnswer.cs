using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Keys;

/// <summary>Whose request it is, or that nobody can say now (ADR 7).</summary>
/// <param name="Key">The key's rules; null for an anonymous request.</param>
/// <param name="IsKnown">False when the store gave no answer, and none is remembered.</param>
internal readonly record struct KeyAnswer(ApiKey? Key, bool IsKnown = true)
{
    public static readonly KeyAnswer Anonymous = new(null);
    public static readonly KeyAnswer None = new(null, IsKnown: false);
}
