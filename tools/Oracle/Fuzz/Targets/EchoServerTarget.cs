using System.Globalization;
using System.Net;
using Exporter.Echo.V1;
using Exporter.Oracle.Fuzz.Drafts;
using Grpc.Net.Client;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>All four kinds of call on a bare server, which also tells what it holds.</summary>
internal sealed class EchoServerTarget : Target
{
    /// <summary>Who asks for the load is a request, too.</summary>
    private const int Question = 1;

    private readonly EchoProcess process;
    private readonly GrpcChannel channel;
    private readonly HttpClient load;
    private readonly TimeProvider clock;
    private int count;

    private EchoServerTarget(EchoProcess process, TimeProvider clock)
    {
        this.process = process;
        this.clock = clock;
        channel = GrpcChannel.ForAddress(process.Addresses[0]);
        load = new() { BaseAddress = process.Addresses[1] };
        Memory = new(process.Id);
    }

    public override IPEndPoint Endpoint => new(IPAddress.Loopback, process.Addresses[0].Port);

    public override IReadOnlyList<TargetMethod> Methods => EchoMethod.All;

    public override ProcessMemory Memory { get; }

    public override Task<int> Ended => process.Ended;

    protected override IEnumerable<string> Lines => process.Noise;

    public override IEnumerable<HealthyClient> Clients => [new(SayAsync, clock), new(ChatAsync, clock)];

    public static async Task<Target> StartAsync(TimeProvider clock, CancellationToken cancel) => new EchoServerTarget(await EchoProcess.StartAsync(), clock);

    public override void Leave()
    {
        base.Leave();
        channel.Dispose();
    }

    public override async Task<string?> HeldAsync(CancellationToken cancel)
    {
        var requests = long.Parse((await load.GetStringAsync("/load", cancel)).Split(' ')[0], CultureInfo.InvariantCulture) - Question;
        return requests == 0 ? await base.HeldAsync(cancel) : $"The server counts {requests} requests whose callers have gone.";
    }

    public override Task<int> StopAsync(TimeSpan atMost) => process.StopAsync(atMost);

    public override async ValueTask DisposeAsync()
    {
        channel.Dispose();
        load.Dispose();
        await process.DisposeAsync();
    }

    private async Task SayAsync(CancellationToken cancel)
    {
        var text = $"healthy {Interlocked.Increment(ref count)}";
        var answer = await new EchoService.EchoServiceClient(channel).SayAsync(new() { Text = text }, cancellationToken: cancel);
        Check(text, answer.Text);
    }

    private async Task ChatAsync(CancellationToken cancel)
    {
        using var call = new EchoService.EchoServiceClient(channel).Chat(cancellationToken: cancel);
        for (var i = 0; i < 8; i++)
        {
            var text = $"chat {Interlocked.Increment(ref count)}";
            await call.RequestStream.WriteAsync(new() { Text = text }, cancel);
            Check(text, await call.ResponseStream.MoveNext(cancel) ? call.ResponseStream.Current.Text : "the end");
        }

        await call.RequestStream.CompleteAsync();
        if (await call.ResponseStream.MoveNext(cancel))
            throw new InvalidOperationException("More was answered than was asked.");
    }

    private static void Check(string asked, string answered)
    {
        if (asked != answered)
            throw new InvalidOperationException($"'{asked}' was answered with '{answered}'.");
    }
}
