using System.Collections.Concurrent;
using System.Net;
using Exporter.Echo.V1;
using Exporter.RawHttp2;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Protocol;

namespace Exporter.Grpc;

public sealed class DeadlineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_knows_the_deadline()
    {
        await using var server = await EchoServer.StartAsync();
        var deadline = In(TimeSpan.FromMinutes(1));

        var response = await server.Client.SayAsync(new() { Text = "deadline" }, deadline: deadline, cancellationToken: Cancel);

        var told = DateTime.Parse(response.Text, null, System.Globalization.DateTimeStyles.RoundtripKind);
        told.ShouldBe(deadline, TimeSpan.FromSeconds(30));
        told.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline_and_the_service_is_cancelled()
    {
        await using var server = await EchoServer.StartAsync();

        using var call = server.Client.SayAsync(new() { Text = "wait" }, null, In(TimeSpan.FromSeconds(0.5)), Cancel);

        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        (await server.Journal.NextAsync()).ShouldBe("waiting");
        (await server.Journal.NextAsync()).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_call_whose_deadline_has_passed_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync();

        using var call = server.Client.SayAsync(new() { Text = "wait" }, deadline: In(TimeSpan.FromSeconds(-1)), cancellationToken: Cancel);

        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("sleep")]
    public async Task The_server_answers_at_the_deadline_whether_the_service_listens_or_not(string text)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(RawCall.Say(text), ("grpc-timeout", "200m"));

        (await RawCall.StatusOf(response)).ShouldBe(("4", "Deadline Exceeded"));
    }

    [Fact]
    public async Task A_stream_ends_at_its_deadline()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat(deadline: In(TimeSpan.FromSeconds(0.5)), cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Text = "stop reading" }, Cancel);

        var failure = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));
        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        (await server.Journal.NextAsync()).ShouldBe("waiting");
        (await server.Journal.NextAsync()).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_service_that_sets_trailers_and_a_status_at_the_deadline_does_not_come_between()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);
        var statuses = new ConcurrentDictionary<string, int>();

        await Parallel.ForAsync(0, 200, Cancel, async (i, _) =>
        {
            using var response = await raw.SendAsync(RawCall.Say("busy"), ("grpc-timeout", $"{1 + i % 20}m"));
            statuses.AddOrUpdate((await RawCall.StatusOf(response)).Status ?? "none", 1, (_, count) => count + 1);
        });

        statuses.ShouldBe([new("4", 200)]);
    }

    [Fact]
    public async Task A_caller_who_takes_no_answers_is_cut_with_CANCEL_a_while_after_its_deadline()
    {
        await using var server = await EchoServer.StartAsync();
        await using var connection = await RawConnection.OpenAsync(new(IPAddress.Loopback, new Uri(server.Address).Port), window: 0, Cancel);
        var request = new SayRequest { Count = 1_000, Payload = ByteString.CopyFrom(new byte[1_000]) }.ToByteArray();
        Field[] fields =
        [
            new(":method", "POST"), new(":scheme", "http"), new(":path", "/exporter.echo.v1.EchoService/Repeat"), new(":authority", "localhost"),
            new("te", "trailers"), new("content-type", "application/grpc"), new("grpc-timeout", "200m"),
        ];

        var id = connection.NextStreamId();
        await connection.SendAsync(WireFrame.Headers(id, HeaderWriter.Write(fields), ends: false).Encode(), Cancel);
        await connection.SendAsync(WireFrame.Data(id, RawCall.Frame(0, request.Length, request), ends: true).Encode(), Cancel);

        await connection.RecordOf(id).Ended.WaitAsync(Cancel);
        connection.RecordOf(id).ResetCode.ShouldBe(8u);
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("99999999m", 99_999_999)]
    [InlineData("5000u", 5)]
    [InlineData("7000000n", 7)]
    public void Timeouts_are_read(string text, double milliseconds)
    {
        TimeoutHeader.TryParse(text, out var timeout).ShouldBeTrue();
        timeout.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("1s")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("123456789S")]
    public void Broken_timeouts_are_not(string text) => TimeoutHeader.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(-5, "1n")]
    [InlineData(1, "100n")]
    [InlineData(10_000_000, "1000000u")]
    [InlineData(600_000_000_0, "600000m")]
    [InlineData(long.MaxValue, "99999999M")]
    public void Timeouts_are_written_as_finely_as_eight_digits_allow(long ticks, string text) =>
        TimeoutHeader.Format(new(ticks)).ShouldBe(text);

    private static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
