namespace Exporter.Delivery.Telemetry;

/// <summary>Tags of health checks.</summary>
public static class HealthTag
{
    /// <summary>
    /// What it checks makes the process slower when it is gone, and no less fit: <c>/health</c> fails, while <c>/ready</c> and
    /// gRPC's health go on. Else whoever watches those would take away a service that works.
    /// </summary>
    public const string Advisory = "advisory";
}
