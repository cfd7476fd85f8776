using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Protocol;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed partial class HttpContextServerCallContext
{
    private const string HttpContextKey = "__HttpContext";

    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private Dictionary<object, object>? _userState;
    private AuthContext? _authContext;

    /// <summary>The call behind a context, also where an interceptor has wrapped it.</summary>
    public static HttpContextServerCallContext Of(ServerCallContext context) =>
        context as HttpContextServerCallContext
        ?? (context.UserState.TryGetValue(typeof(HttpContextServerCallContext), out var call) ? (HttpContextServerCallContext)call : null)
        ?? throw new InvalidOperationException("This call context does not come from the gRPC server.");

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override AuthContext AuthContextCore => _authContext ??= ClientCertificates.Describe(http.Connection.ClientCertificate);

    protected override IDictionary<object, object> UserStateCore => _userState ??= new()
    {
        [HttpContextKey] = http,
        [typeof(HttpContextServerCallContext)] = this,
    };

    protected override string PeerCore => http.Connection switch
    {
        { RemoteIpAddress: { AddressFamily: AddressFamily.InterNetwork } address, RemotePort: var port } => $"ipv4:{address}:{port}",
        { RemoteIpAddress: { } address, RemotePort: var port } => $"ipv6:[{address}]:{port}",
        _ => "unknown",
    };

    protected override Metadata RequestHeadersCore
    {
        get
        {
            if (_requestHeaders is not null)
                return _requestHeaders;
            var headers = new Metadata();
            foreach (var (name, values) in http.Request.Headers)
            {
                // Kestrel writes the names that it knows with capitals.
#pragma warning disable CA1308 // HTTP/2 wants lower case.
                var lower = name.ToLowerInvariant();
#pragma warning restore CA1308
                if (ProtocolNames.IsReserved(lower))
                    continue;
                foreach (var value in values)
                    BinaryHeader.AddHeader(headers, lower, value ?? "");
            }
            return _requestHeaders = headers;
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Grpc.AspNetCore stand-in: context propagation is left out.");

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (http.Response.HasStarted || _hasWritten)
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        BeginWrite();
        try
        {
            foreach (var entry in responseHeaders)
            {
                if (entry.Key == ProtocolNames.InternalEncodingRequest)
                    ChooseResponseCompression(entry.Value);
                else if (ProtocolNames.IsReserved(entry.Key))
                    throw new InvalidOperationException($"Response header '{entry.Key}' belongs to the protocol and can't be set.");
                else
                    AppendHeader(http.Response.Headers, entry);
            }
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            EndWrite();
        }
    }
}
