using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Exporter.Delivery.Addresses;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Secrets;

namespace Exporter.S3Export.Buckets;

/// <summary>Makes clients of the AWS SDK that do what they are told once: no retry, no redirect, no address unchecked.</summary>
internal sealed class S3Client(GuardedHandlers handlers, SecretFolder secrets)
{
    private const string RegionOfOthers = "us-east-1";

    public IAmazonS3 Create(ExportDefinition export)
    {
        var settings = export.Settings.Objects;
        var isCustom = settings.Endpoint.Length > 0;
        var isWhenRequired = settings.Checksums == "when_required" || settings.Checksums.Length == 0 && isCustom;
        var config = new AmazonS3Config
        {
            HttpClientFactory = new OneHttpClient(
                new(new RedirectHandler(new AuthorityHandler(handlers, export.Settings.AuthoritySecret))) { Timeout = Timeout.InfiniteTimeSpan }),
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            AllowAutoRedirect = false,
            ForcePathStyle = settings.UsePathStyle,
            Timeout = Timeout.InfiniteTimeSpan, // the attempt ends by lack of progress, not by a slow network
            RequestChecksumCalculation = isWhenRequired ? RequestChecksumCalculation.WHEN_REQUIRED : RequestChecksumCalculation.WHEN_SUPPORTED,
            ResponseChecksumValidation = isWhenRequired ? ResponseChecksumValidation.WHEN_REQUIRED : ResponseChecksumValidation.WHEN_SUPPORTED,
        };
        if (isCustom)
        {
            config.ServiceURL = settings.Endpoint;
            config.AuthenticationRegion = settings.Region.Length > 0 ? settings.Region : RegionOfOthers;
        }
        else if (settings.Region.Length > 0)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }

        return settings.CredentialsSecret.Length > 0
            ? new AmazonS3Client(new SecretCredentials(secrets, settings.CredentialsSecret), config)
            : new AmazonS3Client(config);
    }

    private sealed class OneHttpClient(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
