using Exporter.Oracle.Fuzz.Mutations;

namespace Exporter.Oracle.Fuzz;

/// <summary>What a peer may do to harm, by name: it is answered or cut, and nobody else sees anything of it.</summary>
[Collection("One process at a time")]
public sealed class HostilePeerTests(EchoFixture server) : IClassFixture<EchoFixture>
{
    private const int Times = 20;
    private const long MostBytes = 400L * 1024 * 1024;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names => [.. Mutation.All.Select(mutation => mutation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_way_to_spoil_a_call_ends_as_it_may(string mutation) => (await server.RunAsync(3, mutation)).ShouldBeEmpty();

    [Fact]
    public Task A_broken_frame_is_answered_or_cut() =>
        ShouldHarmNobodyAsync("bits-flipped", "bytes-changed", "bytes-cut", "frame-length-lie", "frame-too-large", "ping-length", "cut-in-header", "flag-unknown");

    [Fact]
    public Task A_wrong_content_type_is_answered() => ShouldHarmNobodyAsync("type-other", "type-missing", "type-twice");

    [Fact]
    public Task A_lying_length_is_answered_or_cut() =>
        ShouldHarmNobodyAsync("length-longer", "length-shorter", "length-zero", "length-beyond-limit", "length-wrong", "length-short", "length-odd", "frame-length-huge");

    [Fact]
    public Task A_gzip_bomb_is_refused() => ShouldHarmNobodyAsync("gzip-bomb", "gzip-bomb-that-lies", "gzip-large");

    [Fact]
    public Task A_dribbling_peer_is_served_or_cut() => ShouldHarmNobodyAsync("dribble", "crawl", "window-trickle");

    [Fact]
    public Task A_peer_that_leaves_or_stays_for_good_holds_nothing() =>
        ShouldHarmNobodyAsync("leave", "leave-after-request", "never-ends", "never-ends-with-deadline", "never-reads", "window-shut", "window-shut-with-deadline");

    private async Task ShouldHarmNobodyAsync(params string[] mutations)
    {
        using var stop = new CancellationTokenSource();
        var clients = server.Target.Clients.ToList();
        var healthy = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();

        var findings = await server.RunAsync(Times, mutations);

        await stop.CancelAsync();
        (await Task.WhenAll(healthy)).ShouldAllBe(fault => fault == null);
        clients.ShouldAllBe(client => client.Calls > 0);
        findings.ShouldBeEmpty();
        server.Target.Noise.ShouldBeEmpty();
        server.Target.Memory.Highest.ShouldBeLessThan(MostBytes);
        (await HeldAsync()).ShouldBeNull();
    }

    private async Task<string?> HeldAsync()
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50))
        {
            var held = await server.Target.HeldAsync(TestContext.Current.CancellationToken);
            if (held is null || TimeProvider.System.GetElapsedTime(began) > LongestRest)
                return held;
        }
    }
}
