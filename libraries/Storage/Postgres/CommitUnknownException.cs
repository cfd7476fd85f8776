namespace Exporter.Storage.Postgres;

/// <summary>Whether the commit stands is not known: it must be neither acknowledged nor called refused.</summary>
public sealed class CommitUnknownException(Exception cause)
    : Exception("The store went away during a commit, and whether that stands is not known. A client that sends again under the same Idempotency-Key is counted once.", cause);
