namespace Exporter.Oracle.Fuzz.Verdicts;

/// <summary>How an input ended.</summary>
internal enum Verdict
{
    /// <summary>A gRPC status came.</summary>
    Answered,

    /// <summary>An HTTP status came in its place.</summary>
    Refused,

    /// <summary>The server reset the stream.</summary>
    Reset,

    /// <summary>The server ended the connection.</summary>
    Closed,

    /// <summary>The server rightly waited, and let go when the peer did.</summary>
    Withdrawn,

    /// <summary>Nothing came, and the server did not let go: never right.</summary>
    Silent,
}
