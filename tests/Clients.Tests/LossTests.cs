using Exporter.Clients.Doubles;
using Exporter.Clients.Runs;
using Exporter.Standalone.Boxes;

namespace Exporter.Clients;

public sealed class LossTests(ReadyClients clients)
{
    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    [InlineData("python", "--stream")]
    [InlineData("javascript", "--stream")]
    public async Task Reports_whose_answer_was_lost_are_sent_again_and_count_once(string client, params string[] switches)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await using var relay = Relay.To(box.Process.Addresses.Grpc);
        relay.LosesAnswersAfter = 4096;
        var numbers = Enumerable.Range(0, 300).ToArray();

        using var run = clients.Start(client, relay.Address, [.. switches, "--batch", "300"]);
        await run.WriteAsync(Line.Of(numbers));
        var ending = run.EndAsync();
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe(numbers));
        ending.IsCompleted.ShouldBeFalse();
        relay.Cut();

        (await ending).ShouldBe(0, "300 reports: 300 accepted.").Complaints.ShouldStartWith("UNAVAILABLE: ");
        relay.Connections.ShouldBeGreaterThan(1);
        await Arrivals.ShouldBeOnceAsync(box, numbers);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_stream_that_breaks_while_nothing_is_on_its_way_goes_on(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await using var relay = Relay.To(box.Process.Addresses.Grpc);

        using var run = clients.Start(client, relay.Address, "--stream", "--batch", "10");
        for (var first = 0; first < 30; first += 10)
        {
            await run.WriteAsync(Line.Of(Enumerable.Range(first, 10)));
            await Eventually.Of(() => box.ObjectsOf("all").Numbers().Count.ShouldBe(first + 10));
            var connections = relay.Connections;
            relay.Cut();
            await Eventually.Of(() => relay.Connections.ShouldBeGreaterThan(connections));
        }

        (await run.EndAsync()).ShouldBe(0, "30 reports: 30 accepted.");
        await Arrivals.ShouldBeOnceAsync(box, Enumerable.Range(0, 30));
    }
}
