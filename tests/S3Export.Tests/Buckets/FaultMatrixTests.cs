using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Buckets;

/// <summary>Every fault at every stage over stores of every kind (rule T2): whatever happens, one object with the batch's reports is left, and nothing else.</summary>
public sealed class FaultMatrixTests
{
    private static readonly S3Fault[] Faults =
    [
        S3Fault.Hang, S3Fault.HangAfter, S3Fault.ResetBefore, S3Fault.ResetAfter, S3Fault.SlowBody, S3Fault.InternalError,
        S3Fault.InternalErrorAfter, S3Fault.SlowDown, S3Fault.Forbidden, S3Fault.NoSuchBucket, S3Fault.Conflict,
        S3Fault.PreconditionFailed, S3Fault.NotImplemented,
    ];

    private static readonly S3Stage[] SingleStages = [S3Stage.Put, S3Stage.Head];

    private static readonly S3Stage[] UploadStages =
        [S3Stage.CreateUpload, S3Stage.UploadPart, S3Stage.Head, S3Stage.CompleteUpload, S3Stage.AbortUpload, S3Stage.ListUploads];

    public static TheoryData<S3Conditions, S3Stage> Singles { get; } = Cross(SingleStages);

    public static TheoryData<S3Conditions, S3Stage> Uploads { get; } = Cross(UploadStages);

    [Theory]
    [MemberData(nameof(Singles))]
    public async Task A_small_batch_arrives_once_whatever_the_store_does(S3Conditions conditions, S3Stage stage)
    {
        foreach (var fault in Faults)
        {
            for (var times = 1; times <= 2; times++)
                await DeliverAsync(conditions, stage, fault, times, reports: 20, objects => objects);
        }
    }

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task A_large_batch_arrives_once_whatever_the_store_does(S3Conditions conditions, S3Stage stage)
    {
        foreach (var fault in stage == S3Stage.CompleteUpload ? [.. Faults, S3Fault.ErrorIn200] : Faults)
        {
            for (var times = 1; times <= 2; times++)
                await DeliverAsync(conditions, stage, fault, times, reports: 60, objects => objects with { Compression = ObjectCompression.None, PartSizeBytes = 64 * 1024 });
        }
    }

    private static async Task DeliverAsync(S3Conditions conditions, S3Stage stage, S3Fault fault, int times, int reports, Func<ObjectSettings, ObjectSettings> change)
    {
        await using var s3 = await S3Double.StartAsync(conditions);
        s3.MinPartBytes = 1;
        using var bucket = new BucketSender();
        var export = TestExports.ToBucket(s3.Endpoint, conditions: Checked(conditions)).With(change);
        var batch = TestBatch.Seal(export, reports);
        s3.FailNext(stage, fault, times);
        if (stage is S3Stage.AbortUpload)
            s3.FailNext(S3Stage.CompleteUpload, S3Fault.InternalError);

        var (outcome, attempts) = await bucket.DeliverAsync(batch, export, s3.HangsAsync);

        var what = $"{conditions}, {stage}, {fault} {times} time(s): {outcome} after {attempts}";
        outcome.ShouldBeOfType<Outcome.Delivered>(what);
        var item = s3.Objects.ShouldHaveSingleItem(what);
        BodyReports.Ids(item.Body).ShouldBe(batch.Ids, what);
        s3.Uploads.ShouldBeEmpty(what);
        if (conditions != S3Conditions.Ignored)
            item.Writes.ShouldBe(1, what);
    }

    private static ConditionalPut Checked(S3Conditions conditions) => conditions switch
    {
        S3Conditions.Honoured => ConditionalPut.Honoured,
        S3Conditions.PutOnly => ConditionalPut.PutOnly,
        S3Conditions.Ignored => ConditionalPut.Ignored,
        _ => ConditionalPut.Refused,
    };

    private static TheoryData<S3Conditions, S3Stage> Cross(S3Stage[] stages)
    {
        var rows = new TheoryData<S3Conditions, S3Stage>();
        foreach (var conditions in Enum.GetValues<S3Conditions>())
        {
            foreach (var stage in stages)
                rows.Add(conditions, stage);
        }

        return rows;
    }
}
