using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Faults.Matrix;
using Exporter.Faults.Stores;
using Exporter.Reports.V1;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.Faults.Destinations;

/// <summary>A bucket. A batch is one small object, or one of two parts.</summary>
internal sealed class BucketDestination : IMatrixDestination
{
    private static readonly S3Fault[] Faults =
    [
        S3Fault.ResetBefore, S3Fault.ResetAfter, S3Fault.Hang, S3Fault.HangAfter, S3Fault.SlowBody, S3Fault.InternalError, S3Fault.InternalErrorAfter,
        S3Fault.SlowDown with { RetryAfter = "1" }, S3Fault.Forbidden, S3Fault.NoSuchBucket, S3Fault.Conflict, S3Fault.PreconditionFailed, S3Fault.NotImplemented,
        S3Fault.ErrorIn200,
    ];

    private readonly S3Double s3;
    private readonly bool isLarge;

    private BucketDestination(DeliveryStand stand, S3Double s3, bool isLarge)
    {
        (this.s3, this.isLarge) = (s3, isLarge);
        stand.WriteSecret("s3", "key\nsecret\n");
        var export = TestExports.ToBucket(s3.Endpoint, conditions: isLarge ? ConditionalPut.PutOnly : ConditionalPut.Honoured);
        if (isLarge)
            export = export.With(objects => objects with { Compression = ObjectCompression.None });
        Export = export with { Settings = export.Settings with { BatchReports = isLarge ? LargeReports.InBatch : 12, Concurrency = 1 } };
        S3Stage[] stages = isLarge
            ? [S3Stage.CreateUpload, S3Stage.UploadPart, S3Stage.Head, S3Stage.CompleteUpload, S3Stage.AbortUpload, S3Stage.ListUploads]
            : [S3Stage.Put, S3Stage.Head, S3Stage.ListUploads];
        Table = new(isLarge ? "bucket, two parts" : "bucket, one part", [.. stages.Select(stage => stage.ToString())], [.. Faults.Select(Fault)]);
    }

    public ExportDefinition Export { get; }

    public MatrixTable Table { get; }

    public IReadOnlyList<string> StoreStages { get; } = [StoreTable.Claim, StoreTable.ReadReports, StoreTable.Outcome];

    public bool IsArmed => s3.FaultsLeft > 0;

    public bool HoldsObjects => true;

    public IReadOnlyList<Arrival> Arrivals =>
        [.. s3.Objects.SelectMany(item => Enumerable.Repeat(new Arrival(item.Key, BodyReports.Ids(item.Body), ""), item.Writes))];

    public static async Task<BucketDestination> StartAsync(DeliveryStand stand, bool isLarge) =>
        new(stand, await S3Double.StartAsync(isLarge ? S3Conditions.PutOnly : S3Conditions.Honoured), isLarge);

    public IEnumerable<IReadOnlyList<Report>> Blocks(int cell) => isLarge ? LargeReports.Blocks(cell) : TestReports.Make(1000 * cell, 24).Chunk(12);

    public Task StallsAsync(CancellationToken cancel) => s3.HangsAsync(cancel);

    public void Clear()
    {
        s3.Uploads.ShouldBeEmpty();
        foreach (var item in s3.Objects)
            s3.Remove(item.Key);
    }

    public ValueTask DisposeAsync() => s3.DisposeAsync();

    private MatrixFault Fault(S3Fault fault) => new(fault.Name, stage =>
    {
        var at = Enum.Parse<S3Stage>(stage);
        if (fault == S3Fault.ErrorIn200 && at != S3Stage.CompleteUpload)
            return Task.FromResult(false);

        // These are asked after a failure: of the worst kind, what was written stands and its answer is lost.
        if (at is S3Stage.ListUploads || (at is S3Stage.Head && !isLarge))
            s3.FailNext(isLarge ? S3Stage.CompleteUpload : S3Stage.Put, S3Fault.InternalErrorAfter);
        if (at is S3Stage.AbortUpload)
            s3.FailNext(S3Stage.CompleteUpload, S3Fault.InternalError);
        s3.FailNext(at, fault);
        return Task.FromResult(true);
    });
}
