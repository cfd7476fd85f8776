namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>A method that inputs call, and what is right there.</summary>
/// <param name="Path">As in <c>:path</c>.</param>
/// <param name="Kind">How many messages go each way.</param>
/// <param name="MostMessageBytes">The largest message that the server takes.</param>
/// <param name="MalformedStatus">What bytes that are no protobuf are answered with.</param>
internal abstract record TargetMethod(string Path, CallKind Kind, int MostMessageBytes, int MalformedStatus)
{
    /// <summary>Whether the caller sends exactly one message.</summary>
    public bool TakesOne => Kind is CallKind.Unary or CallKind.ServerStreaming;

    /// <summary>Whether an OK answer has exactly one message.</summary>
    public bool GivesOne => Kind is CallKind.Unary or CallKind.ClientStreaming;

    /// <summary>A right message.</summary>
    public abstract byte[] NextMessage(Random random);

    /// <summary>What is wrong with the answers to right messages, or null.</summary>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">An answer is no message.</exception>
    public abstract string? FaultOf(IReadOnlyList<byte[]> requests, IReadOnlyList<byte[]> responses);
}
