using Exporter.Echo.V1;
using Google.Protobuf;

namespace Exporter.Grpc;

public sealed class FlowControlTests
{
    private const int MessageCount = 4_000;

    private static readonly ByteString Payload = ByteString.CopyFrom(new byte[10_000]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_writes_waits_for_a_service_that_does_not_read()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { Text = "stop reading" }, Cancel);
        (await server.Journal.NextAsync()).ShouldBe("waiting");

        var written = 0;
        var write = Task.Run(
            async () =>
            {
                for (; written < MessageCount; written++)
                    await call.RequestStream.WriteAsync(new() { Payload = Payload });
            },
            Cancel);
        var stalled = await StallAsync(() => Volatile.Read(ref written));

        stalled.ShouldBeLessThan(400);
        write.IsCompleted.ShouldBeFalse();
        call.Dispose();
        await Should.ThrowAsync<Exception>(write);
    }

    [Fact]
    public async Task A_service_that_writes_waits_for_a_client_that_does_not_read()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Repeat(new() { Count = MessageCount, Payload = Payload }, cancellationToken: Cancel);

        var stalled = await StallAsync(() => server.Journal.Written);
        stalled.ShouldBeLessThan(400);

        var read = 0;
        while (await call.ResponseStream.MoveNext(Cancel))
            read++;
        read.ShouldBe(MessageCount);
    }

    /// <summary>The count at which a writer stands still: the same, and more than none, for half a second.</summary>
    private static async Task<int> StallAsync(Func<int> count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var before = 0; ; before = count())
        {
            await timer.WaitForNextTickAsync(Cancel);
            if (before > 0 && count() == before)
                return before;
        }
    }
}
