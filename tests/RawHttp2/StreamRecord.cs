namespace Exporter.RawHttp2;

/// <summary>What a server sent on one stream.</summary>
public sealed class StreamRecord
{
    private const int MostData = 4 * 1024 * 1024;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Header blocks in order, and whether each ended the stream.</summary>
    public List<(List<Field> Fields, bool Ends)> Blocks { get; } = [];

    public List<byte> Data { get; } = [];

    /// <summary>The code of RST_STREAM, if one came before the stream's end.</summary>
    public uint? ResetCode { get; private set; }

    /// <summary>What the server did that HTTP/2 forbids.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the server ended the stream in good order.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Completes when the stream has ended or was reset.</summary>
    public Task Ended => ended.Task;

    public void TakeHeaders(List<Field> fields, bool ends)
    {
        Refuse(IsWhole, "HEADERS after the end of the stream");
        Refuse(Blocks.Count == 1 && !ends, "HEADERS in the middle of the stream");
        Blocks.Add((fields, ends));
        if (ends)
            End();
    }

    public void TakeData(byte[] payload, bool ends)
    {
        Refuse(Blocks.Count == 0, "DATA before HEADERS");
        Refuse(IsWhole, "DATA after the end of the stream");
        Refuse(Data.Count + payload.Length > MostData, "more data than was asked for");
        if (Fault is null)
            Data.AddRange(payload);
        if (ends)
            End();
    }

    public void TakeReset(uint code)
    {
        if (!IsWhole)
            ResetCode ??= code;
        ended.TrySetResult();
    }

    private void End()
    {
        IsWhole = true;
        ended.TrySetResult();
    }

    private void Refuse(bool isWrong, string what)
    {
        if (isWrong)
            Fault ??= $"The server sent {what}.";
    }
}
