namespace Exporter.Storage;

/// <summary>The store can't be opened; the message says why and what to do.</summary>
public sealed class StoreStartException(string message, Exception? cause = null) : Exception(message, cause);
