using Exporter.Standalone.Boxes;
using Exporter.TestKit.Processes;

namespace Exporter.Standalone;

/// <summary>Two Exporters that are each other's partner.</summary>
public sealed class ExchangeTests
{
    [Fact]
    public async Task Everything_arrives_once_at_both_and_nothing_goes_round()
    {
        await using var exchange = await Exchange.StartAsync();
        var (first, second) = (exchange.First, exchange.Second);
        for (var number = 1; number <= 40; number++)
        {
            await first.SubmitAsync(number);
            await second.SubmitAsync(100 + number);
        }

        int[] all = [.. Enumerable.Range(1, 40), .. Enumerable.Range(101, 40)];
        await Eventually.Of(() => first.ObjectsOf("archive").Numbers().ShouldBe(all));
        await Eventually.Of(() => second.ObjectsOf("archive").Numbers().ShouldBe(all));
        foreach (var box in new[] { first, second })
        {
            // All that came in has been routed; what would go round would have to be among it.
            await Eventually.AsyncOf(async () => (await box.BooksOfAsync("archive")).Routed.ShouldBe(80));
            await Eventually.AsyncOf(async () => (await box.BooksOfAsync("partner")).ShouldSatisfyAllConditions(
                books => books.Routed.ShouldBe(40), books => books.Delivered.ShouldBe(40), books => books.Dead.ShouldBe(0)));
        }

        (await first.Admin.CheckExportAsync(new() { Export = "partner" }, cancellationToken: Test.Cancel)).Steps.ShouldAllBe(step => step.Passed);
    }

    [Fact]
    public async Task A_lost_answer_between_the_two_is_repeated_and_counts_once()
    {
        await using var exchange = await Exchange.StartAsync(new Dictionary<string, string> { ["EXPORTER_FAILPOINT"] = "part.after:1" });
        var (first, second) = (exchange.First, exchange.Second);
        await first.SubmitAsync(1, 2, 3);
        (await first.Process.Ended).ShouldBe(Signals.KilledExitCode);
        await Eventually.Of(() => second.ObjectsOf("archive").Numbers().ShouldBe([1, 2, 3]));

        first.Forget("EXPORTER_FAILPOINT");
        await first.StartAgainAsync();
        await first.SubmitAsync(4);

        await Eventually.AsyncOf(async () => (await first.BooksOfAsync("partner")).Delivered.ShouldBe(4));
        await Eventually.Of(() => second.ObjectsOf("archive").Numbers().ShouldBe([1, 2, 3, 4]));
        (await second.BooksOfAsync("archive")).Routed.ShouldBe(4);
    }
}
