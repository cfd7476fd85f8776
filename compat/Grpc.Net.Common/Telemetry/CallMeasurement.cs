namespace Grpc.Net.Telemetry;

/// <summary>When a call began, 0 where nobody wants to know, and whether the counters count it.</summary>
internal readonly record struct CallMeasurement(long Timestamp, bool IsCounted);
