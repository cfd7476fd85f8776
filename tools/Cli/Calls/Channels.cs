using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Cli.Calls;

internal static class Channels
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    public static GrpcChannel Open(string address, string option)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new CommandFault($"{option} must be an address such as http://127.0.0.1:8082, found '{address}'.");

        return GrpcChannel.ForAddress(uri, new GrpcChannelOptions { MaxReceiveMessageSize = MaxAnswerBytes });
    }

    public static CommandFault FaultOf(RpcException fault, string address, string option)
    {
        for (var cause = fault.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause.InnerException is null)
                return new CommandFault(
                    $"{address} can't be reached: {cause.Message.TrimEnd('.')}. Is Exporter running there? "
                    + $"Name another address with {option}.");
        }

        return new CommandFault(fault.Status.Detail.Length > 0 ? fault.Status.Detail : $"{address} answered {fault.StatusCode}.");
    }
}
