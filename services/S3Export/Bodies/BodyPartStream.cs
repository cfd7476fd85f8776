namespace Exporter.S3Export.Bodies;

/// <summary>Reads a part, from the start as often as wanted, and tells progress whenever bytes were taken.</summary>
internal sealed class BodyPartStream(BodyPart part, Action progress) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => part.Length;

    public override long Position
    {
        get => position;
        set => position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        var bytes = part.From(position).Span;
        var taken = Math.Min(bytes.Length, buffer.Length);
        bytes[..taken].CopyTo(buffer);
        position += taken;
        if (taken > 0)
            progress();
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A part is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A part is read only.");
}
