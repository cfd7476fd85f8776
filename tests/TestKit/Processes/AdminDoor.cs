using Exporter.Admin.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Exporter.TestKit.Processes;

/// <summary>AdminService of a process, with the token from its file.</summary>
public sealed class AdminDoor : IDisposable
{
    private readonly GrpcChannel channel;

    private AdminDoor(Uri address, string token)
    {
        channel = GrpcChannel.ForAddress(address);
        Client = new(channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        }));
    }

    /// <summary>The service.</summary>
    public AdminService.AdminServiceClient Client { get; }

    /// <summary>Opens the door of a process that listens.</summary>
    public static AdminDoor Of(StandaloneProcess process) =>
        At(process.Addresses.Admin, Path.Combine(process.DataFolder, "admin.token"));

    /// <summary>Opens the door at an address.</summary>
    public static AdminDoor At(Uri address, string tokenFile) => new(address, File.ReadAllText(tokenFile).Trim());

    /// <inheritdoc />
    public void Dispose() => channel.Dispose();
}
