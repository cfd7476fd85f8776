using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Takes the HTTP requests of one method.</summary>
internal abstract class ServerCallHandler(IMethod method, IReadOnlyList<object> attributes)
{
    public IMethod Method => method;

    /// <summary>The attributes of the implementing method, which become the endpoint's metadata.</summary>
    public IReadOnlyList<object> Attributes => attributes;

    public abstract Task HandleAsync(HttpContext http);
}
