using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Targets;
using Exporter.Oracle.Fuzz.Verdicts;
using Exporter.Echo.V1;
using Exporter.RawHttp2;
using Google.Protobuf;

namespace Exporter.Oracle.Fuzz;

/// <summary>Every verdict against a server that deserves it: a check that can't fail shows nothing.</summary>
public sealed class OutcomeTests
{
    private static readonly TargetMethod Say = EchoMethod.All.Single(method => method.Kind == CallKind.Unary);
    private static readonly byte[] Request = new SayRequest { Text = "hello" }.ToByteArray();
    private static readonly byte[] Response = new SayResponse { Text = "hello" }.ToByteArray();
    private readonly Draft draft = new(Say, [Request]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_answer_is_well()
    {
        var outcome = await OutcomeAsync(id => ScriptedServer.Answer(id, 0, Response));
        (outcome.Verdict, outcome.Detail, outcome.Complaint).ShouldBe((Verdict.Answered, "0", null));
    }

    [Fact]
    public async Task OK_for_a_broken_request_is_found()
    {
        draft.Expect.Refuse(13);
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 0, Response))).Complaint.ShouldBe("Status 0 came; expected: status 13.");
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 13))).Complaint.ShouldBeNull();
    }

    [Fact]
    public async Task Another_status_than_the_mutation_can_cause_is_found()
    {
        draft.Expect.Refuse(13);
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 2))).Complaint.ShouldBe("Status 2 came; expected: status 13.");
    }

    [Fact]
    public async Task OK_is_found_even_where_anything_else_will_do()
    {
        draft.Expect.Refuse().Anything();
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 0, Response))).Complaint.ShouldStartWith("Status 0 came");
    }

    [Fact]
    public async Task Another_answer_than_the_right_one_is_found() =>
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 0, new SayResponse { Text = "other" }.ToByteArray()))).Complaint.ShouldStartWith("Answered was");

    [Fact]
    public async Task An_answer_that_is_no_message_is_found() =>
        (await OutcomeAsync(id => ScriptedServer.Answer(id, 0, [0xFF, 0xFF]))).Complaint.ShouldNotBeNull();

    public static TheoryData<string, Func<int, IEnumerable<WireFrame>>> Disorders => new()
    {
        { "has 0 times grpc-status", id => [ScriptedServer.Head(id), ScriptedServer.Trailers(id, new Field("x", "y"))] },
        { "has 0 times grpc-status", id => [ScriptedServer.Head(id), WireFrame.Data(id, [], ends: true)] },
        { "has 2 times grpc-status", id => [ScriptedServer.Head(id), ScriptedServer.Trailers(id, new("grpc-status", "0"), new("grpc-status", "0"))] },
        { "headers that do not end the stream", id => [ScriptedServer.Head(id, new Field("grpc-status", "0")), WireFrame.Data(id, [], ends: true)] },
        { "The grpc-status is '17'", id => ScriptedServer.Answer(id, 17) },
        { "is not percent-encoded", id => [ScriptedServer.Head(id), ScriptedServer.Trailers(id, new("grpc-status", "0"), new("grpc-message", "100%"))] },
        { "field 'X-Upper'", id => [ScriptedServer.Head(id, new Field("X-Upper", "1")), ScriptedServer.Trailers(id, new Field("grpc-status", "0"))] },
        { "has a field ':status' where there may be none", id => [ScriptedServer.Head(id), ScriptedServer.Trailers(id, new(":status", "200"), new("grpc-status", "0"))] },
        { "with 2 messages", id => ScriptedServer.Answer(id, 0, Response, Response) },
        { "with 0 messages", id => ScriptedServer.Answer(id, 0) },
        { "bytes that are no message", id => [ScriptedServer.Head(id), WireFrame.Data(id, [0, 0], ends: false), ScriptedServer.Trailers(id, new Field("grpc-status", "0"))] },
        { "A message of the answer has flag 1", id => [ScriptedServer.Head(id), WireFrame.Data(id, Draft.Framed(Response, flag: 1), ends: false), ScriptedServer.Trailers(id, new Field("grpc-status", "0"))] },
        { "DATA before HEADERS", id => [WireFrame.Data(id, Response, ends: false), .. ScriptedServer.Answer(id, 0, Response)] },
        { "HEADERS in the middle", id => [ScriptedServer.Head(id), ScriptedServer.Head(id), .. ScriptedServer.Answer(id, 0, Response)] },
        { "a frame of 20000 bytes", id => [WireFrame.Data(id, new byte[20_000], ends: false), WireFrame.GoAway(0, 0)] },
        { "names field 99", id => [WireFrame.Headers(id, [0x80 | 99], ends: true), WireFrame.GoAway(0, 0)] },
        { "may not send", id => [WireFrame.Headers(id, [0x88], ends: false) with { Kind = FrameKind.PushPromise }, WireFrame.GoAway(0, 0)] },
        { "HTTP 500 came", id => [WireFrame.Headers(id, HeaderWriter.Write([new(":status", "500")]), ends: true)] },
        { "The stream was reset with code 2", id => [WireFrame.Reset(id, 2)] },
        { "The connection was ended with code 1", id => [WireFrame.GoAway(0, 1)] },
        { "neither an answer nor an end", _ => [] },
        { "neither an answer nor an end", id => [ScriptedServer.Head(id)] },
    };

    [Theory]
    [MemberData(nameof(Disorders), DisableDiscoveryEnumeration = true)]
    public async Task An_answer_out_of_order_is_found(string complaint, Func<int, IEnumerable<WireFrame>> answer) =>
        (await OutcomeAsync(answer)).Complaint.ShouldNotBeNull().ShouldContain(complaint);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_keeps_a_peer_that_has_gone_is_found(bool letsGo)
    {
        draft.Delivery = new() { Part = 0.5, Farewell = Farewell.Close };
        draft.Expect.Anything();
        var outcome = await OutcomeAsync(_ => [], letsGo);
        outcome.Verdict.ShouldBe(letsGo ? Verdict.Withdrawn : Verdict.Silent);
        (outcome.Complaint is null).ShouldBe(letsGo);
    }

    [Fact]
    public async Task A_server_that_waits_though_all_is_there_is_found_and_one_that_waits_for_more_is_not()
    {
        draft.HalfCloses = false;
        (await OutcomeAsync(_ => [])).Verdict.ShouldBe(Verdict.Silent);
        draft.Expect.Wait();
        var outcome = await OutcomeAsync(_ => []);
        (outcome.Verdict, outcome.Complaint).ShouldBe((Verdict.Withdrawn, null));
    }

    private async Task<Outcome> OutcomeAsync(Func<int, IEnumerable<WireFrame>> answer, bool letsGo = true)
    {
        await using var server = new ScriptedServer(answer, letsGo);
        await using var connection = await RawConnection.OpenAsync(server.Endpoint, RawConnection.LargeWindow, Cancel);
        return await new InputRun(draft, connection, TimeSpan.FromSeconds(1), TimeProvider.System).RunAsync(Cancel);
    }
}
