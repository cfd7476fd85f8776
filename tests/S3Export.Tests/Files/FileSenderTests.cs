using System.IO.Compression;
using System.Security.Cryptography;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Files;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Files;

public sealed class FileSenderTests : IDisposable
{
    private readonly FolderSender folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_batch_becomes_one_file_and_nothing_else()
    {
        var batch = TestBatch.Seal(folder.Export, 1500);

        var outcome = await folder.SendAsync(batch);

        var path = folder.Files.ShouldHaveSingleItem();
        path.ShouldBe(PathOf(batch));
        path.ShouldStartWith($"{folder.Root}/objects/backup/gnss/test-key/2026/03/07/{batch.Batch.Id}.json.gz");
        var body = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        BodyReports.Ids(body).ShouldBe(batch.Ids);
        outcome.ShouldBe(new Outcome.Delivered(new(body.Length, "", Convert.ToHexStringLower(SHA256.HashData(body)))));
    }

    [Fact]
    public async Task A_file_that_an_earlier_attempt_left_is_delivered_as_it_stands()
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        var first = await folder.SendAsync(batch);
        var written = File.GetLastWriteTimeUtc(PathOf(batch));

        var second = await folder.SendAsync(batch, number: 2);

        second.ShouldBe(first);
        File.GetLastWriteTimeUtc(folder.Files.ShouldHaveSingleItem()).ShouldBe(written);
    }

    [Fact]
    public async Task A_file_with_the_same_text_compressed_by_another_version_is_this_batch()
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        await folder.SendAsync(batch);
        var text = BodyReports.Text(await File.ReadAllBytesAsync(PathOf(batch), TestContext.Current.CancellationToken));
        await using (var file = File.Create(PathOf(batch)))
        await using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize))
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        var standing = await File.ReadAllBytesAsync(PathOf(batch), TestContext.Current.CancellationToken);

        var outcome = await folder.SendAsync(batch, number: 2);

        outcome.ShouldBe(new Outcome.Delivered(new(standing.Length, "", Convert.ToHexStringLower(SHA256.HashData(standing)))));
    }

    [Theory]
    [InlineData("something else")]
    [InlineData("")]
    public async Task Another_file_at_the_path_is_not_replaced(string content)
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(batch))!);
        await File.WriteAllTextAsync(PathOf(batch), content, TestContext.Current.CancellationToken);

        var outcome = await folder.SendAsync(batch);

        outcome.ShouldBeOfType<Outcome.Rejected>().ErrorType.ShouldBe("key_taken");
        (await File.ReadAllTextAsync(folder.Files.ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(content);
    }

    [Fact]
    public async Task Half_a_file_is_not_taken_for_the_batch()
    {
        var batch = TestBatch.Seal(folder.Export, 200);
        await folder.SendAsync(batch);
        using (var file = File.OpenWrite(PathOf(batch)))
            file.SetLength(file.Length / 2);

        (await folder.SendAsync(batch, number: 2)).ShouldBeOfType<Outcome.Rejected>().ErrorType.ShouldBe("key_taken");
    }

    [Fact]
    public async Task What_dead_attempts_at_the_batch_left_is_removed_and_other_batches_are_left_alone()
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        var place = Path.GetDirectoryName(PathOf(batch))!;
        Directory.CreateDirectory(place);
        var other = Path.Combine(place, TemporaryFile.Name(Guid.NewGuid(), 1));
        foreach (var path in new[] { other, Path.Combine(place, TemporaryFile.Name(batch.Batch.Id, 1)), Path.Combine(place, TemporaryFile.Name(batch.Batch.Id, 3)) })
            await File.WriteAllTextAsync(path, "half", TestContext.Current.CancellationToken);

        var outcome = await folder.SendAsync(batch, number: 3);

        outcome.ShouldBeOfType<Outcome.Delivered>();
        folder.Files.ShouldBe([other, PathOf(batch)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_process_that_died_between_link_and_unlink_left_a_file_that_counts()
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        await folder.SendAsync(batch);
        File.Copy(PathOf(batch), Path.Combine(Path.GetDirectoryName(PathOf(batch))!, TemporaryFile.Name(batch.Batch.Id, 1)));

        (await folder.SendAsync(batch, number: 2)).ShouldBeOfType<Outcome.Delivered>();

        folder.Files.ShouldBe([PathOf(batch)]);
    }

    [Fact]
    public async Task Many_senders_race_and_one_file_is_left()
    {
        var batch = TestBatch.Seal(folder.Export, 300);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => folder.SendAsync(batch, number)));

        BodyReports.Ids(await File.ReadAllBytesAsync(folder.Files.ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(batch.Ids);
        outcomes.OfType<Outcome.Delivered>().ShouldNotBeEmpty();
        outcomes.ShouldAllBe(outcome => outcome is Outcome.Delivered || ((Outcome.Deferred)outcome).ErrorType == "overtaken");
    }

    [Fact]
    public async Task A_stopped_attempt_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var batch = TestBatch.Seal(folder.Export, 5000);

        await Should.ThrowAsync<OperationCanceledException>(() => folder.Sender.SendAsync(batch.Attempt(folder.Export, progress: stop.Cancel), stop.Token));

        folder.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_batch_is_not_published()
    {
        var batch = TestBatch.Seal(folder.Export, 20);
        batch.Store.Damage = payload => payload[..^2];

        await Should.ThrowAsync<InvalidDataException>(() => folder.SendAsync(batch));

        folder.Files.ShouldBeEmpty();
    }

    private static string PathOf(TestBatch batch) => ObjectLocation.Parse(batch.Batch.Target!.Location).Key;
}
