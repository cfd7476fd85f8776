using System.Net;
using Grpc.Core;

namespace Exporter.Ingest.Calls;

/// <summary>Who calls: the API key as given, and the client's address.</summary>
internal sealed record Caller(string? Key, IPAddress? Address)
{
    public static Caller Of(ServerCallContext context) =>
        new(context.RequestHeaders.GetValue("x-api-key"), context.GetHttpContext().Connection.RemoteIpAddress);
}
