using Grpc.Testing;

namespace Exporter.Interop.Client;

internal static class UnaryCases
{
    public static async Task EmptyUnary(Target target) =>
        (await target.Service.EmptyCallAsync(new(), cancellationToken: target.Cancel)).ShouldBe(new());

    public static async Task LargeUnary(Target target)
    {
        var request = new SimpleRequest { ResponseSize = 314_159, Payload = Target.Zeros(271_828) };

        var response = await target.Service.UnaryCallAsync(request, cancellationToken: target.Cancel);

        Target.ShouldBeZeros(response.Payload, 314_159);
    }
}
