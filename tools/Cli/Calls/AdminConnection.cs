using Exporter.Admin.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Exporter.Cli.Calls;

internal sealed class AdminConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly string _server;
    private readonly string _tokenFile;

    private AdminConnection(string server, string tokenFile, string token)
    {
        _server = server;
        _tokenFile = tokenFile;
        _channel = Channels.Open(server, "--server");
        Client = new AdminService.AdminServiceClient(_channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        }));
    }

    public AdminService.AdminServiceClient Client { get; }

    public static AdminConnection Open(string server, string tokenFile)
    {
        try
        {
            return new AdminConnection(server, tokenFile, File.ReadAllText(tokenFile).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(
                $"The admin token file '{tokenFile}' can't be read: {e.Message} "
                + "Name the right one with --token-file or EXPORTER_TOKEN_FILE; Standalone keeps it as admin.token in its data folder.");
        }
    }

    public CommandFault FaultOf(RpcException fault) => fault.StatusCode switch
    {
        StatusCode.InvalidArgument => new CommandFault(FieldFaults.SentencesOf(fault)),
        StatusCode.Unauthenticated => new CommandFault(
            $"{_server} does not take the token in '{_tokenFile}'. Name the server's own with --token-file or EXPORTER_TOKEN_FILE."),
        StatusCode.Unimplemented => new CommandFault(
            $"{_server} answers, but not as AdminService: {fault.Status.Detail} "
            + "Is it the admin port? Name another address with --server or EXPORTER_SERVER."),
        _ => Channels.FaultOf(fault, _server, "--server or EXPORTER_SERVER"),
    };

    public void Dispose() => _channel.Dispose();
}
