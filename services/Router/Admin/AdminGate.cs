using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace Exporter.Router.Admin;

// Lets a call through that shows the token.
internal sealed class AdminGate(IOptions<AdminOptions> options, ILogger<AdminGate> log) : Interceptor
{
    private const string Scheme = "Bearer ";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Admit(ServerCallContext context)
    {
        var shown = context.RequestHeaders.GetValue("authorization");
        if (shown is null || !shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Unauthenticated(
                "AdminService wants the metadata 'authorization: Bearer <token>'; the token stands in the server's admin token file.");

        if (!AreEqual(shown[Scheme.Length..].Trim(), Expected()))
            throw Unauthenticated("The admin token is not the right one. It stands in the server's admin token file.");
    }

    // Read at each call, so that a token that was changed holds at once.
    private string Expected()
    {
        try
        {
            return AdminTokenFile.Read(options.Value.AdminTokenFile);
        }
        catch (InvalidDataException e)
        {
            AdminLog.TokenUnreadable(log, e.Message);
            throw new RpcException(new Status(StatusCode.Unavailable, "The server can't read its admin token file; its log says why."));
        }
    }

    private static bool AreEqual(string shown, string expected) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static RpcException Unauthenticated(string sentence) => new(new Status(StatusCode.Unauthenticated, sentence));
}
