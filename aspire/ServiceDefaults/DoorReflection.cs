using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1;

namespace Exporter.ServiceDefaults;

/// <summary>Server reflection that shows at each door what answers there.</summary>
internal sealed class DoorReflection(DoorServices services) : ReflectionV1ServiceImpl
{
    private readonly ConcurrentDictionary<string, ReflectionV1ServiceImpl> byDoor = new();

    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var door = DoorGate.DoorOf(context.GetHttpContext());
        return byDoor.GetOrAdd(door ?? "", _ => new(services.At(door))).ServerReflectionInfo(requestStream, responseStream, context);
    }
}
