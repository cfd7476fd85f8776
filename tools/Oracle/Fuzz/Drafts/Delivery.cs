namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>How bytes are put on the wire.</summary>
internal sealed record Delivery
{
    /// <summary>Bytes in one write.</summary>
    public int ChunkBytes { get; init; } = int.MaxValue;

    /// <summary>Whether the headers go in one piece all the same.</summary>
    public bool IsHeadAtOnce { get; init; }

    /// <summary>Rest between two writes.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Part of the bytes that is sent at all.</summary>
    public double Part { get; init; } = 1;

    /// <summary>What follows the last byte.</summary>
    public Farewell Farewell { get; init; }

    /// <summary>When what comes back is read.</summary>
    public TimeSpan ReadsAfter { get; init; }

    /// <summary>Bytes that the server may send on a stream.</summary>
    public uint Window { get; init; } = RawHttp2.RawConnection.LargeWindow;
}

/// <summary>How a peer goes away.</summary>
internal enum Farewell
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It says that nothing more will come.</summary>
    Close,

    /// <summary>It is gone.</summary>
    Abort,
}
