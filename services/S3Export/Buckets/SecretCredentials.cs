using Amazon.Runtime;
using Exporter.Delivery.Secrets;

namespace Exporter.S3Export.Buckets;

/// <summary>Credentials from a secret of two lines, access key and secret key, read for each request so that they can be changed.</summary>
internal sealed class SecretCredentials(SecretFolder secrets, string name) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials()
    {
        var lines = secrets.Read(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 2
            ? new(lines[0], lines[1], null)
            : throw new SecretException($"The secret '{name}' must have two lines, access key and secret key, found {lines.Length}.");
    }
}
