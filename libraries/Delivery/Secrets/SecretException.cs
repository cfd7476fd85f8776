namespace Exporter.Delivery.Secrets;

/// <summary>A secret is missing or can't be read. The message names it and never its value.</summary>
public sealed class SecretException(string message, Exception? cause = null) : Exception(message, cause);
