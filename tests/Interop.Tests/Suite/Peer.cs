namespace Exporter.Interop.Suite;

/// <summary>Whose gRPC it is: ours, Python's grpcio, or JavaScript's grpc-js.</summary>
public enum Peer
{
    Ours,
    Python,
    JavaScript,
}
