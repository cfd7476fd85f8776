using Exporter.Clients.Doubles;
using Exporter.Clients.Runs;
using Exporter.Standalone.Boxes;

namespace Exporter.Clients;

public sealed class KillTests(ReadyClients clients)
{
    private const int Kills = 2;
    private const int BytesAnswered = 12 * 1024;
    private const int BytesOfSomeAnswers = 200;

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_server_killed_in_mid_stream_stores_once_what_it_gets_again(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await using var relay = Relay.To(box.Process.Addresses.Grpc);
        relay.LosesAnswersAfter = BytesAnswered;
        var numbers = Enumerable.Range(0, 1500).ToArray();

        using var run = clients.Start(client, relay.Address, "--stream", "--batch", "10");
        var writing = run.WriteAsync(Line.Of(numbers));
        for (var kills = 1; kills <= Kills; kills++)
        {
            var lost = relay.BytesLost;
            await Eventually.Of(() => relay.BytesLost.ShouldBeGreaterThan(lost + BytesOfSomeAnswers));
            await box.Process.KillAsync();
            relay.LosesAnswersAfter = kills < Kills ? BytesAnswered : long.MaxValue;
            await box.StartAgainAsync();
            relay.Target = box.Process.Addresses.Grpc;
        }

        await writing;
        (await run.EndAsync()).ShouldBe(0, "1500 reports: 1500 accepted.").Complaints.ShouldNotBeEmpty();
        await Arrivals.ShouldBeOnceAsync(box, numbers);
    }
}
