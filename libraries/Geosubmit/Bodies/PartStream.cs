using System.Security.Cryptography;

namespace Exporter.Geosubmit.Bodies;

/// <summary>Cuts a body into parts of one size and hashes it on the way.</summary>
/// <param name="partBytes">Of all parts but the last.</param>
public sealed class PartStream(long partBytes) : Stream
{
    private readonly Queue<BodyPart> full = new();
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private BodyPart open = new(partBytes);

    /// <summary>Written so far.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => Bytes;

    /// <inheritdoc />
    public override long Position
    {
        get => Bytes;
        set => throw new NotSupportedException("A body is written once.");
    }

    /// <summary>The next full part, which the caller then owns.</summary>
    public BodyPart? TakeFull() => full.TryDequeue(out var part) ? part : null;

    /// <summary>What is left at the end, or null when the last part was full.</summary>
    public BodyPart? TakeLast()
    {
        var last = open.Length > 0 ? open : null;
        open = new(partBytes);
        return last;
    }

    /// <summary>Of everything written, in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        Bytes += buffer.Length;
        while (buffer.Length > 0)
        {
            buffer = buffer[open.Append(buffer)..];
            if (!open.IsFull)
                continue;
            full.Enqueue(open);
            open = new(partBytes);
        }
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is only written here.");

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body is written once.");

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException("A body is written once.");

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            open.Dispose();
            while (full.TryDequeue(out var part))
                part.Dispose();
        }

        base.Dispose(disposing);
    }
}
