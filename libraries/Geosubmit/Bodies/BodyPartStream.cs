namespace Exporter.Geosubmit.Bodies;

/// <summary>Reads a part, from the start as often as wanted, and tells progress whenever bytes were taken.</summary>
/// <param name="part">It stays its owner's.</param>
/// <param name="progress">Called after each taking.</param>
public sealed class BodyPartStream(BodyPart part, Action progress) : Stream
{
    private long position;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => part.Length;

    /// <inheritdoc />
    public override long Position
    {
        get => position;
        set => position = value;
    }

    /// <inheritdoc />
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

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException("A part is read only.");

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A part is read only.");
}
