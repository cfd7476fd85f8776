namespace Exporter.Oracle.Clients;

/// <summary>How fast clients go on, and how patient they are.</summary>
/// <param name="LongestPause">Between two turns of a client; a pause is anything up to it.</param>
/// <param name="LongestAnswer">An answer that takes longer is a finding.</param>
internal sealed record Pace(TimeSpan LongestPause, TimeSpan LongestAnswer);
