using Exporter.Admin.V1;
using Exporter.Standalone.Boxes;

namespace Exporter.Standalone;

public sealed class DestinationTests
{
    [Fact]
    public async Task A_dummy_counts_and_keeps_nothing()
    {
        await using var box = await Box.StartAsync();
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

    [Fact]
    public async Task A_destination_that_refuses_harms_only_itself_and_gets_all_in_order_when_it_is_back()
    {
        await using var box = await Box.StartAsync();
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
        await Eventually.Of(() => box.Process.Output.ShouldContain(line => line.Contains("Export broken waits for its destination")));
        box.Process.Output.Count(line => line.Contains("[9101]")).ShouldBe(1, "the circuit opens once");
        (await box.Http.GetStringAsync("/health", Test.Cancel)).ShouldContain("Export \\u0027broken\\u0027 waits for its destination (");
        (await ProblemsAsync(box)).ShouldHaveSingleItem().ShouldStartWith("Export 'broken' waits for its destination since ");

        File.Delete(box.FolderOf("broken"));
        await Eventually.Of(() => box.ObjectsOf("broken").Numbers().ShouldBe([1, 2, 3, 4, 5]));
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("broken")).Delivered.ShouldBe(5));
        var batches = await SealedAsync(box);
        batches.Select(batch => batch.DeliveredAt.ToDateTimeOffset()).ShouldBeInOrder();
        await Eventually.Of(() => box.Process.Output.ShouldContain(line => line.Contains("Export broken delivers again.")));
        (await box.Http.GetStringAsync("/health", Test.Cancel)).ShouldStartWith("{\"status\":\"Healthy\"");
        (await ProblemsAsync(box)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Box box) =>
        (await box.Admin.GetStatusAsync(new(), cancellationToken: Test.Cancel)).Problems;

    private static async Task<List<Batch>> SealedAsync(Box box) =>
        [.. (await box.Admin.ListBatchesAsync(new() { Export = "broken" }, cancellationToken: Test.Cancel)).Batches.Reverse()];
}
