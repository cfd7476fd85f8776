using Google.Protobuf;
using Grpc.Net.Client;
using Grpc.Testing;

namespace Exporter.Interop.Client;

/// <summary>A server that our client runs a case against.</summary>
/// <param name="Channel">Leads there.</param>
/// <param name="TellsCompression">Whether its service can see that a request came compressed.</param>
/// <param name="Cancel">Ends a case that takes too long.</param>
internal sealed record Target(GrpcChannel Channel, bool TellsCompression, CancellationToken Cancel)
{
    public TestService.TestServiceClient Service { get; } = new(Channel);

    /// <summary>A payload as the suite's cases send it.</summary>
    public static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    /// <summary>Holds that a response brought what was asked for: zeros, so many.</summary>
    public static void ShouldBeZeros(Payload payload, int size)
    {
        payload.Body.Length.ShouldBe(size);
        payload.Body.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();
    }
}
