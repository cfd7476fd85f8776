using System.Text.Json;
using Exporter.Oracle.Checks;

namespace Exporter.Oracle.Destinations;

/// <summary>What came to a destination at once: an object, a request.</summary>
/// <param name="Place">Tells it from every other, for people too.</param>
internal sealed record Arrival(string Place)
{
    /// <summary>What made it: no two have the same. Null where a destination can't tell.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Where it lies says this of all its reports; null where a destination does not say.</summary>
    public string? Source { get; init; }

    /// <summary>Where it lies says this of all its reports; null for none.</summary>
    public string? ApiKey { get; init; }

    public IReadOnlyList<JsonElement> Reports { get; init; } = [];

    /// <summary>Why it is no good arrival, or null.</summary>
    public (FindingKind Kind, string Detail)? Fault { get; init; }

    /// <summary>One that should not be there.</summary>
    public static Arrival Unwanted(string place) => new(place) { Fault = (FindingKind.Leftover, $"'{place}' should not be there.") };

    /// <summary>One that is not what it should be.</summary>
    public static Arrival Unreadable(string place, Exception e) =>
        new(place) { Fault = (FindingKind.Unreadable, $"'{place}' can't be read: {e.Message}") };
}
