using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Buckets;

/// <summary>What is being asked of S3.</summary>
internal enum S3Step
{
    Put,
    Head,
    CreateUpload,
    UploadPart,
    CompleteUpload,
    AbortUpload,
    ListUploads,
    Delete,
}

/// <summary>The rights that each step needs.</summary>
internal static class S3Permissions
{
    public static string Of(S3Step step, ObjectSettings settings) => step switch
    {
        S3Step.Head => "s3:GetObject and s3:ListBucket",
        S3Step.AbortUpload => "s3:AbortMultipartUpload",
        S3Step.ListUploads => "s3:ListBucketMultipartUploads",
        S3Step.Delete => "s3:DeleteObject",
        _ => "s3:PutObject" + OfHeaders(settings),
    };

    private static string OfHeaders(ObjectSettings settings) =>
        (settings.ValueByTag.Count > 0 ? ", s3:PutObjectTagging" : "")
        + (settings.Acl.Length > 0 ? ", s3:PutObjectAcl" : "")
        + (settings.ServerSideEncryption == "aws:kms" ? ", kms:GenerateDataKey" : "");
}
