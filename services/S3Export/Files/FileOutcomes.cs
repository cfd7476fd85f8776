using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Files;

/// <summary>Which fault of a folder is which outcome: docs/s3-outcomes.md has the table.</summary>
internal static class FileOutcomes
{
    /// <summary>The outcome, or null for what is no fault of the folder.</summary>
    public static Outcome? Of(Exception fault, ExportDefinition export, string path)
    {
        var where = $"Folder '{FolderOf(export, path)}' in export '{export.Name}'";
        return fault switch
        {
            FileRefusedException => SetUp("path_refused", $"{where} can't be used: {fault.Message}"),
            PathTooLongException => new Outcome.Rejected("key_too_long", $"{where} makes paths that are too long for the file system. Shorten the export's url."),
            FileNotFoundException or DirectoryNotFoundException => OfError(Posix.NoEntry, where),
            UnauthorizedAccessException => OfError(Posix.AccessDenied, where),
            IOException => OfError(fault.HResult, where),
            _ => null,
        };
    }

    /// <summary>A folder to name in sentences: without the API key that deeper ones are called after.</summary>
    public static string FolderOf(ExportDefinition export, string path)
    {
        var template = ObjectKeyTemplate.TryParse(export.Settings.Url, out _);
        var folder = template is { IsFile: true } ? template.StaticFolder[ObjectLocation.FileScheme.Length..] : "/";
        return path.StartsWith(folder, StringComparison.Ordinal) ? folder : "/";
    }

    private static Outcome OfError(int error, string where) => error switch
    {
        Posix.NoSpace or Posix.QuotaExceeded => Destination("disk_full", $"{where} is on a full disk. Make room; nothing is lost meanwhile."),
        Posix.AccessDenied or Posix.NotPermitted => SetUp("access_denied", $"{where} can't be written. Let this service's user create files and folders there."),
        Posix.ReadOnly => SetUp("read_only", $"{where} is on a file system mounted read-only. Mount it for writing."),
        Posix.NameTooLong => new Outcome.Rejected("key_too_long", $"{where} makes names that are too long for the file system. Shorten the export's url."),
        Posix.NoEntry => new Outcome.Deferred("overtaken", $"{where} lost the temporary file of this attempt: another attempt or a person removed it.", FaultOf.Batch),
        _ => Destination("io_error", $"{where} failed with errno {error}. Look at the disk and its mount."),
    };

    private static Outcome.Deferred Destination(string errorType, string detail) => new(errorType, detail, FaultOf.Destination);

    private static Outcome.Deferred SetUp(string errorType, string detail) => new(errorType, detail, FaultOf.SetUp);
}
