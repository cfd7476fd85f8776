using Amazon.Runtime;
using Amazon.S3;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Exporter.AppHost;

/// <summary>Makes the bucket once the store answers, and says how an export gets there.</summary>
internal sealed class S3Bucket(ResourceNotificationService resources, EndpointReference gateway, ParameterResource secret, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await resources.WaitForResourceHealthyAsync(gateway.Resource.Name, stoppingToken);
        }
        catch (DistributedApplicationException)
        {
            return; // The store can't start, as its own state tells; the rest goes on without it.
        }

        while (!await MakeAsync(stoppingToken))
            await Task.Delay(UntilNextTry, clock, stoppingToken);
        Console.WriteLine($"Bucket '{S3Store.Bucket}' is ready. An export there: --url 's3://{S3Store.Bucket}/…' --endpoint {gateway.Url} --path-style.");
    }

    private async Task<bool> MakeAsync(CancellationToken cancel)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = gateway.Url,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        using var s3 = new AmazonS3Client(new BasicAWSCredentials(S3Store.AccessKey, await secret.GetValueAsync(cancel)), config);
        try
        {
            await s3.PutBucketAsync(S3Store.Bucket, cancel);
            return true;
        }
        catch (AmazonS3Exception fault) when (fault.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            return true;
        }
        catch (Exception fault) when (fault is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            Console.WriteLine($"Bucket '{S3Store.Bucket}' could not be made at {gateway.Url}: {fault.Message} It is tried again.");
            return false;
        }
    }
}
