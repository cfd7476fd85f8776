namespace Exporter.Geosubmit;

/// <summary>Which of the three JSON formats a body is in.</summary>
public enum GeosubmitVersion
{
    /// <summary><c>/v1/submit</c>: short names, ISO 8601 times.</summary>
    V0,

    /// <summary><c>/v1/geosubmit</c>: the position's fields stand in the report itself.</summary>
    V1,

    /// <summary><c>/v2/geosubmit</c>.</summary>
    V2,
}
