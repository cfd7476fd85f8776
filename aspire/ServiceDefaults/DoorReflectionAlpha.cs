using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;

namespace Exporter.ServiceDefaults;

/// <summary><see cref="DoorReflection"/> under the names that clients knew before version 1.</summary>
internal sealed class DoorReflectionAlpha(DoorServices services) : ReflectionServiceImpl
{
    private readonly ConcurrentDictionary<string, ReflectionServiceImpl> byDoor = new();

    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var door = DoorGate.DoorOf(context.GetHttpContext());
        return byDoor.GetOrAdd(door ?? "", _ => new(services.At(door))).ServerReflectionInfo(requestStream, responseStream, context);
    }
}
