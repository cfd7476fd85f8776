using Amazon.Runtime;
using Amazon.S3;
using Exporter.Delivery.Exports;
using Exporter.S3Export.Tests.Buckets;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Ceph;

[assembly: AssemblyFixture(typeof(Exporter.S3Export.Tests.Ceph.CephFixture))]

namespace Exporter.S3Export.Tests.Ceph;

/// <summary>One Ceph for all tests, started when the first asks for it.</summary>
public sealed class CephFixture : IAsyncDisposable
{
    private readonly Lazy<Task<CephCluster>> cluster = new(CephCluster.StartAsync);

    /// <summary>A client that is not ours, to look at what stands there.</summary>
    public async Task<AmazonS3Client> LookAsync() => new(
        new BasicAWSCredentials(CephCluster.AccessKey, CephCluster.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = (await cluster.Value).Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    /// <summary>An export to a new bucket of its own.</summary>
    public async Task<ExportDefinition> MakeExportAsync(ConditionalPut conditions)
    {
        using var s3 = await LookAsync();
        var bucket = $"b-{Guid.NewGuid():N}";
        await s3.PutBucketAsync(bucket);
        return TestExports.ToBucket((await cluster.Value).Endpoint, bucket, conditions);
    }

    internal static BucketSender MakeSender() => new(CephCluster.AccessKey, CephCluster.SecretKey);

    public async ValueTask DisposeAsync()
    {
        if (cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await cluster.Value).DisposeAsync();
    }
}
