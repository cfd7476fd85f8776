using Exporter.Reports.V1;

namespace Exporter.Delivery.Blocks;

/// <summary>The names of position sources, as they stand in object keys, skip rules and geosubmit bodies.</summary>
public static class ReportSource
{
    /// <summary>A satellite fix; also what is meant when nothing is said.</summary>
    public const string Gnss = "gnss";

    /// <summary>Several sensors and networks together.</summary>
    public const string Fused = "fused";

    /// <summary>Given by hand.</summary>
    public const string Fixed = "fixed";

    /// <summary>An answer of a location service.</summary>
    public const string Query = "query";

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [Fixed, Fused, Gnss, Query];

    /// <summary>The name of a contract value; an unknown value is <see cref="Gnss"/>.</summary>
    public static string NameOf(PositionSource source) => source switch
    {
        PositionSource.Fused => Fused,
        PositionSource.Fixed => Fixed,
        PositionSource.Query => Query,
        _ => Gnss,
    };
}
