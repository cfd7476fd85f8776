using Exporter.Clients.Doubles;
using Exporter.Clients.Runs;
using Exporter.Standalone.Boxes;

namespace Exporter.Clients;

public sealed class LossTests(ReadyClients clients)
{
    private const int Last = 1_000_000;

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
        await ShouldHoldOnceAsync(box, numbers);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_server_killed_in_mid_stream_gets_again_what_it_had_not_acknowledged(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await using var relay = Relay.To(box.Process.Addresses.Grpc);

        using var run = clients.Start(client, relay.Address, "--stream", "--batch", "10");
        for (var first = 0; first < 1500; first += 500)
        {
            await run.WriteAsync(Line.Of(Enumerable.Range(first, 500)));
            await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldContain(number => number >= first));
            await box.Process.KillAsync();
            await box.StartAgainAsync();
            relay.Target = box.Process.Addresses.Grpc;
        }

        (await run.EndAsync()).ShouldBe(0, "1500 reports: 1500 accepted.").Complaints.ShouldNotBeEmpty();
        await ShouldHoldOnceAsync(box, Enumerable.Range(0, 1500));
    }

    // What is sent last is delivered last, so nothing comes after it.
    private static async Task ShouldHoldOnceAsync(Box box, IEnumerable<int> numbers)
    {
        await box.SubmitAsync(Last);
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldContain(Last));
        box.ObjectsOf("all").Numbers().ShouldBe(numbers.Append(Last));
    }
}
