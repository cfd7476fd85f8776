using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Intake;

/// <summary>Whether a request may send its reports, and under which key's rules.</summary>
/// <param name="Key">A known API key, or null for an anonymous request.</param>
/// <param name="Refusal">Why it may not, or null.</param>
internal readonly record struct Admission(ApiKey? Key, Refusal? Refusal = null);
