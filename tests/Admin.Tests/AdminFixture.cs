using Exporter.Admin.Tests.Stand;
using Exporter.Admin.V1;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Admin.Tests;

// A server for each test, and how its refusals are read.
public abstract class AdminFixture : IAsyncLifetime
{
    private AdminServer? _server;

    internal AdminServer Server => _server!;

    protected AdminService.AdminServiceClient Client { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AdminServer.StartAsync();
        Client = Server.Client;
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    protected static async Task<RpcException> RefusedAsync(StatusCode code, Func<Task> call)
    {
        var refusal = await Should.ThrowAsync<RpcException>(call);
        refusal.StatusCode.ShouldBe(code, refusal.Status.Detail);
        return refusal;
    }

    protected static async Task<Dictionary<string, string>> FaultsAsync(Func<Task> call)
    {
        var refusal = await RefusedAsync(StatusCode.InvalidArgument, call);
        var details = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        details.Code.ShouldBe((int)StatusCode.InvalidArgument);
        return details.Details.Single().Unpack<BadRequest>().FieldViolations.ToDictionary(fault => fault.Field, fault => fault.Description);
    }

    protected async Task<Export> CreateAsync(string name, ExportKind kind = ExportKind.Dummy, Action<Export>? change = null)
    {
        var export = new Export { Name = name, Kind = kind, Enabled = true, Settings = new ExportSettings() };
        change?.Invoke(export);
        return (await Client.CreateExportAsync(new() { Export = export }, cancellationToken: Cancel)).Export;
    }
}
