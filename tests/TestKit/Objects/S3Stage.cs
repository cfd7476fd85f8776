namespace Exporter.TestKit.Objects;

/// <summary>The requests that the double tells apart.</summary>
public enum S3Stage
{
    Put,
    Head,
    Get,
    Delete,
    List,
    CreateUpload,
    UploadPart,
    CompleteUpload,
    AbortUpload,
    ListUploads,
}
