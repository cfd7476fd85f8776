using System.Security.Cryptography;

namespace Exporter.Delivery.Batches;

/// <summary>
/// Identifies a batch's members: h(0) is 32 zero bytes, h(n) is SHA-256(h(n−1) ‖ block id ‖ SHA-256 of its payload), so
/// that routing can carry it along and sealing costs the same whatever the size.
/// </summary>
public static class MembersHash
{
    /// <summary>Of no members.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>With one member more.</summary>
    /// <param name="hash">So far, 32 bytes.</param>
    /// <param name="blockId">The next member.</param>
    /// <param name="payloadSha256">Of the next member's payload, 32 bytes.</param>
    public static byte[] Append(ReadOnlySpan<byte> hash, Guid blockId, ReadOnlySpan<byte> payloadSha256)
    {
        Span<byte> input = stackalloc byte[32 + 16 + 32];
        hash.CopyTo(input);
        blockId.TryWriteBytes(input[32..], bigEndian: true, out _);
        payloadSha256.CopyTo(input[48..]);
        return SHA256.HashData(input);
    }
}
