using Exporter.Echo.V1;
using Exporter.Oracle.Fuzz.Drafts;
using Google.Protobuf;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>EchoService's methods, one of each kind.</summary>
internal sealed record EchoMethod(string Name, CallKind Kind) : TargetMethod($"/{EchoService.Descriptor.FullName}/{Name}", Kind, MostBytes, Internal)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int Internal = 13;
    private const int MostRepeats = 5;

    public static IReadOnlyList<TargetMethod> All { get; } =
    [
        new EchoMethod("Say", CallKind.Unary), new EchoMethod("Collect", CallKind.ClientStreaming),
        new EchoMethod("Repeat", CallKind.ServerStreaming), new EchoMethod("Chat", CallKind.Duplex),
    ];

    public override byte[] NextMessage(Random random)
    {
        var payload = new byte[random.Next(300)];
        random.NextBytes(payload);
        return new SayRequest { Text = $"ünüsual {random.Next()}", Payload = ByteString.CopyFrom(payload), Count = random.Next(MostRepeats + 1) }.ToByteArray();
    }

    public override string? FaultOf(IReadOnlyList<byte[]> requests, IReadOnlyList<byte[]> responses)
    {
        List<SayRequest> asked = [.. requests.Select(SayRequest.Parser.ParseFrom)];
        List<SayResponse> answered = [.. responses.Select(SayResponse.Parser.ParseFrom)];
        List<SayResponse> expected = Kind switch
        {
            CallKind.ClientStreaming => [new() { Text = asked.Count > 0 ? asked[^1].Text : "", Count = asked.Count }],
            CallKind.ServerStreaming => [.. Enumerable.Repeat(Of(asked[0]), asked[0].Count)],
            _ => [.. asked.Select(Of)],
        };
        return expected.SequenceEqual(answered) ? null : $"Answered was {Short(answered)} in place of {Short(expected)}.";
    }

    private static SayResponse Of(SayRequest request) => new() { Text = request.Text, Payload = request.Payload, Count = request.Count };

    private static string Short(List<SayResponse> messages) => $"{messages.Count} messages {string.Join(' ', messages.Select(each => each.Text))}";
}
