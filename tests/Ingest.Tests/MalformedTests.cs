using Exporter.Ingest.Fuzzing;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class MalformedTests
{
    [Theory]
    [InlineData("0A 02 22", "reports[0]")]
    [InlineData("0A 00 0A 04 22 02 7B 80", "reports[1]")]
    [InlineData("0A 04 22 02 7B 0D", "reports[0]")]
    [InlineData("0A 05 22 03 0A 7F 41", "reports[0]")]
    [InlineData("0A 06 22 FF FF FF FF 07", "reports[0]")]
    [InlineData("80", "")]
    [InlineData("7C", "")]
    [InlineData("07", "")]
    [InlineData("7B 7B 7B", "")]
    public async Task Bytes_that_are_no_message_are_INVALID_ARGUMENT_at_their_place(string hex, string field)
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new RawCalls(host);

        var refused = await Should.ThrowAsync<RpcException>(() => calls.CallAsync(Bytes(hex)));

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        GrpcCalls.DetailOf<BadRequest>(refused).FieldViolations.ShouldHaveSingleItem().Field.ShouldBe(field);
        host.Store.Entered.ShouldBe(0);
        host.Logs.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A 00")]
    [InlineData("78 01 7B 78 05 7C 7D 01 02 03 04")]
    public async Task Unknown_fields_of_a_request_are_skipped(string hex)
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new RawCalls(host);

        (await calls.SubmitAsync(Bytes(hex))).ShouldBe(StatusCode.OK);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
