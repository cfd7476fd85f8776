namespace Exporter.Interop.Suite;

/// <summary>What carries the calls.</summary>
public enum Transport
{
    Clear,

    /// <summary>TLS, where both sides show a certificate.</summary>
    Tls,
}
