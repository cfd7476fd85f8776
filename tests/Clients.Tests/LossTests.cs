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
}
