using Exporter.Delivery.Exports;
using Exporter.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Delivery;

public sealed class ExportSnapshotsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_configuration_stops_the_start_and_later_the_last_good_one_stays()
    {
        var folder = Directory.CreateTempSubdirectory("exporter-snapshots-").FullName;
        await using (var store = await SqliteStore.OpenAsync(Path.Combine(folder, "exporter.db"), new SqliteOptions(), TimeProvider.System))
        {
            var exports = new SqliteExportStore(store);
            var good = Export("good", ExportKind.Dummy, "");
            await exports.CreateAsync(good, Cancel);
            using var snapshots = new ExportSnapshots(exports, TimeProvider.System, NullLogger<ExportSnapshots>.Instance);
            await snapshots.RefreshAsync(Cancel);

            var bad = Export("bad", ExportKind.S3, "s3://bucket/{moon}");
            await exports.CreateAsync(bad, Cancel);
            await snapshots.RefreshAsync(Cancel);
            snapshots.Current.Enabled.ShouldHaveSingleItem().Name.ShouldBe("good");

            using var starting = new ExportSnapshots(exports, TimeProvider.System, NullLogger<ExportSnapshots>.Instance);
            (await Should.ThrowAsync<InvalidOperationException>(() => starting.StartAsync(Cancel))).Message.ShouldStartWith(
                "The stored exports can't be used. Export 'bad', settings.url: The url has an unknown placeholder {moon}.");

            await exports.UpdateAsync(bad with { Settings = bad.Settings with { Url = "s3://bucket/{source}" } }, Cancel);
            await snapshots.RefreshAsync(Cancel);
            snapshots.Current.Enabled.Count.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static ExportDefinition Export(string name, ExportKind kind, string url) => new(
        Guid.NewGuid(), name, kind, true, new ExportSettings { Url = url }, ConditionalPut.Unknown, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0);
}
