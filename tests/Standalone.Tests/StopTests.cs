using System.Net;
using Exporter.Admin.V1;
using Exporter.Standalone.Boxes;
using Exporter.TestKit.Objects;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Standalone;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_in_the_middle_of_requests_keeps_each_that_was_answered_well()
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await box.SubmitAsync(0);

        var requests = Enumerable.Range(1, 200).Select(number => (Number: number, Answer: TrySubmitAsync(box, number))).ToList();
        await Task.WhenAny(requests.Select(request => request.Answer));
        var stopping = box.Process.StopAsync(Box.LongestStop);
        var kept = new List<int> { 0 };
        foreach (var (number, answer) in requests)
        {
            if (await answer)
                kept.Add(number);
        }

        (await stopping).ShouldBe(0);
        kept.Count.ShouldBeGreaterThan(1);
        await box.StartAgainAsync();
        await Eventually.AsyncOf(async () =>
        {
            kept.Except(box.ObjectsOf("all").Numbers()).ShouldBeEmpty();
            (await box.BooksOfAsync("all")).ShouldSatisfyAllConditions(book => book.Waiting.ShouldBe(0), book => book.InFlight.ShouldBe(0));
        });
        box.ObjectsOf("all").Numbers().ShouldBeUnique();
    }

    [Fact]
    public async Task A_stop_never_seals()
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("slow", export =>
        {
            export.Settings.BatchReports = 1000;
            export.Settings.MaxDelay = Duration.FromTimeSpan(TimeSpan.FromHours(1));
        });
        await box.SubmitAsync(1, 2, 3);
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("slow")).Waiting.ShouldBe(3));

        await box.RestartAsync();

        (await box.Admin.ListBatchesAsync(new() { Export = "slow" }, cancellationToken: Test.Cancel)).Batches.ShouldBeEmpty();
        (await box.Admin.ListQueuesAsync(new() { Export = "slow" }, cancellationToken: Test.Cancel)).Queues.ShouldHaveSingleItem().WaitingReports.ShouldBe(3);
        box.ObjectsOf("slow").Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_an_upload_releases_the_claim_and_counts_no_attempt()
    {
        await using var store = await S3Double.StartAsync();
        store.FailNext(S3Stage.Put, S3Fault.Hang);
        await using var box = await Box.StartAsync(new Dictionary<string, string>
        {
            ["Exporter__AllowedHosts__0"] = "127.0.0.1",
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
        });
        await box.CreateExportAsync("bucket", export =>
        {
            export.Settings.Url = $"s3://{store.Bucket}/{{source}}/{{api_key}}";
            export.Settings.Object = new() { Endpoint = store.Endpoint, Region = "us-east-1", UsePathStyle = true };
        });
        await box.SubmitAsync(1, 2, 3);
        await store.HangsAsync(Test.Cancel);

        await box.RestartAsync();

        await Eventually.Of(() => store.Objects.Count.ShouldBe(1));
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("bucket")).Delivered.ShouldBe(3));
        var batch = (await box.Admin.ListBatchesAsync(new() { Export = "bucket" }, cancellationToken: Test.Cancel)).Batches.ShouldHaveSingleItem();
        batch.State.ShouldBe(BatchState.Delivered);
        batch.AttemptCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_did_its_work_has_said_nothing_but_where_it_is()
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await box.RestartAsync();
        await box.SubmitAsync(1, 2, 3);
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("all")).Delivered.ShouldBe(3));

        (await box.StopAsync()).ShouldBe(0);
        box.Process.Output.ShouldBeEmpty();
        box.Process.Errors.ShouldBeEmpty();
    }

    private static async Task<bool> TrySubmitAsync(Box box, int number)
    {
        try
        {
            using var answer = await box.PostAsync("/v2/geosubmit", SmallReport.Document(number));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
