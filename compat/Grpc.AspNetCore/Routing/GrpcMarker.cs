namespace Grpc.AspNetCore.Server;

/// <summary>Shows that gRPC was added, and remembers whether calls to unknown services are answered already.</summary>
internal sealed class GrpcMarker
{
    public bool AnswersUnknownServices { get; set; }
}
