using Exporter.Admin.V1;
using Exporter.Standalone.Boxes;

namespace Exporter.Standalone;

public sealed class DestinationTests
{
    [Theory]
    [InlineData(Mode.Standalone)]
    [InlineData(Mode.Services)]
    public async Task A_dummy_counts_and_keeps_nothing(Mode mode)
    {
        await using var box = await Box.StartAsync(mode);
        if (mode == Mode.Standalone)
            await box.Admin.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: Test.Cancel);
        await box.CreateExportAsync("nothing", export =>
        {
            export.Kind = ExportKind.Dummy;
            export.Settings.Url = "";
        });
        await box.SubmitAsync(1, 2, 3);

        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("nothing")).ShouldSatisfyAllConditions(
            book => book.Routed.ShouldBe(3),
            book => book.Delivered.ShouldBe(3),
            book => book.Waiting.ShouldBe(0),
            book => book.InFlight.ShouldBe(0)));
        Directory.Exists(Path.Combine(box.Folder, "objects")).ShouldBeFalse();
        Directory.Exists(Path.Combine(box.Folder, "out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Mode.Standalone)]
    [InlineData(Mode.Services)]
    public async Task A_destination_that_refuses_harms_only_itself_and_gets_all_in_order_when_it_is_back(Mode mode)
    {
        await using var box = await Box.StartAsync(mode);
        Directory.CreateDirectory(Path.Combine(box.Folder, "out"));
        await File.WriteAllTextAsync(box.FolderOf("broken"), "A file where a folder should be.", Test.Cancel);
        await box.CreateExportAsync("broken");
        await box.CreateExportAsync("healthy");

        for (var number = 1; number <= 5; number++)
        {
            await box.SubmitAsync(number);
            await Eventually.Of(() => box.ObjectsOf("healthy").Numbers().ShouldBe(Enumerable.Range(1, number)));
        }

        await Eventually.AsyncOf(async () => (await SealedAsync(box)).Count.ShouldBe(5));
        (await box.BooksOfAsync("broken")).ShouldSatisfyAllConditions(
            book => (book.Waiting + book.InFlight).ShouldBe(5), book => book.Dead.ShouldBe(0), book => book.Delivered.ShouldBe(0));
        await Eventually.Of(() => box.Output.ShouldContain(line => line.Contains("Export broken waits for its destination")));
        box.Output.Count(line => line.Contains("[9101]")).ShouldBe(1, "the circuit opens once");
        if (mode == Mode.Standalone)
            await ShouldTellAsync(box, ["Export 'broken' waits for its destination since "]);

        File.Delete(box.FolderOf("broken"));
        await Eventually.Of(() => box.ObjectsOf("broken").Numbers().ShouldBe([1, 2, 3, 4, 5]));
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("broken")).Delivered.ShouldBe(5));
        ShouldBeOldestFirstAfterTheProbe(await SealedAsync(box));
        await Eventually.Of(() => box.Output.ShouldContain(line => line.Contains("Export broken delivers again.")));
        if (mode == Mode.Standalone)
            await ShouldTellAsync(box, []);
    }

    /// <summary>The probe that finds the destination well may be of a batch further back; one at a time, all others go by their age.</summary>
    private static void ShouldBeOldestFirstAfterTheProbe(List<Batch> batches)
    {
        var probe = batches.MinBy(batch => batch.DeliveredAt.ToDateTimeOffset());
        batches.Where(batch => batch != probe).Select(batch => batch.DeliveredAt.ToDateTimeOffset()).ShouldBeInOrder();
    }

    private static async Task ShouldTellAsync(Box box, string[] problems)
    {
        var health = await box.Http.GetStringAsync("/health", Test.Cancel);
        health.ShouldStartWith(problems.Length == 0 ? "{\"status\":\"Healthy\"" : "{\"status\":\"Degraded\"");
        health.Contains("Export \\u0027broken\\u0027 waits for its destination (").ShouldBe(problems.Length > 0, health);
        var told = (await box.Admin.GetStatusAsync(new(), cancellationToken: Test.Cancel)).Problems;
        told.Count.ShouldBe(problems.Length);
        foreach (var (found, wanted) in told.Zip(problems))
            found.ShouldStartWith(wanted);
    }

    private static async Task<List<Batch>> SealedAsync(Box box) =>
        [.. (await box.Admin.ListBatchesAsync(new() { Export = "broken" }, cancellationToken: Test.Cancel)).Batches.Reverse()];
}
