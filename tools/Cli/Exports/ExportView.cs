using Exporter.Admin.V1;
using Exporter.Cli.Output;
using Exporter.Cli.Values;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Cli.Exports;

internal static class ExportView
{
    public static void List(Screen screen, IEnumerable<Export> exports) => screen.Table(
        ["NAME", "KIND", "ENABLED", "PAUSED", "CIRCUIT", "BATCH", "MAX DELAY", "URL"],
        exports.Select(export => (IReadOnlyList<string>)
        [
            export.Name, ContractWord<ExportKind>.Of(export.Kind), Words.Of(export.Enabled), Words.Of(export.Paused),
            CircuitView.Short(export.Circuit), Words.Of(export.Settings.BatchReports), Words.Of(export.Settings.MaxDelay), export.Settings.Url,
        ]));

    public static void Show(Screen screen, Export export)
    {
        var settings = export.Settings;
        screen.Facts(
            ("Name", export.Name),
            ("Id", export.Id),
            ("Kind", ContractWord<ExportKind>.Of(export.Kind)),
            ("Enabled", Words.Of(export.Enabled)),
            ("Paused", Words.Of(export.Paused)),
            ("Circuit", CircuitView.Long(export.Circuit)),
            ("Last fault", CircuitView.Fault(export.Circuit)),
            ("Url", settings.Url),
            ("Batch", settings.BatchReports == 0 ? "by age only" : $"{Words.Of(settings.BatchReports)} reports"),
            ("Max delay", Words.Of(settings.MaxDelay)),
            ("Max batch bytes", Words.Bytes(settings.MaxBatchBytes)),
            ("Skip keys", string.Join(", ", settings.SkipKeys)),
            ("Skip sources", string.Join(", ", settings.SkipSources)),
            ("Concurrency", Words.Of(settings.Concurrency)),
            ("Max attempts", settings.MaxAttempts == 0 ? "never give up" : Words.Of(settings.MaxAttempts)),
            ("Max age", settings.MaxAge is null or { Seconds: 0, Nanos: 0 } ? "never give up" : Words.Of(settings.MaxAge)),
            ("Back-off", settings.FirstBackOff is null && settings.LongestBackOff is null ? "the service's" : $"{BackOff(settings.FirstBackOff)} to {BackOff(settings.LongestBackOff)}"),
            ("Authorities", settings.AuthoritySecret.Length > 0 ? $"{{secret:{settings.AuthoritySecret}}}" : ""),
            ("Retain", Words.Of(settings.RetainDelivered)),
            ("Full policy", ContractWord<FullPolicy>.Of(settings.FullPolicy)),
            ("Max waiting", settings.MaxWaitingReports == 0 ? "no limit" : Words.Of(settings.MaxWaitingReports)));
        if (settings.Object is { } objects)
            ShowObjects(screen, objects, export.ConditionalPut);
        screen.Facts(
            ("Created", Words.Of(export.CreatedAt)), ("Updated", Words.Of(export.UpdatedAt)), ("Revision", Words.Of(export.Revision)));
    }

    public static void Check(Screen screen, CheckExportResponse answer)
    {
        screen.Table(
            ["STEP", "RESULT", "DETAIL"],
            answer.Steps.Select(step => (IReadOnlyList<string>)[step.Name, step.Passed ? "passed" : "FAILED", step.Detail]));
        if (answer.ConditionalPut != ConditionalPut.Unspecified)
            screen.Say($"Conditional writes: {Found(answer.ConditionalPut)}.");
    }

    private static void ShowObjects(Screen screen, ObjectSettings objects, ConditionalPut found) => screen.Facts(
        ("Format", ContractWord<ObjectFormat>.Of(objects.Format)),
        ("Compression",
            $"{ContractWord<ObjectCompression>.Of(objects.Compression)}, {ContractWord<CompressionLevel>.Of(objects.CompressionLevel)}"),
        ("Endpoint", objects.Endpoint),
        ("Region", objects.Region),
        ("Path style", Words.Of(objects.UsePathStyle)),
        ("Encryption", objects.ServerSideEncryption),
        ("KMS key", objects.KmsKeyId),
        ("Storage class", objects.StorageClass),
        ("ACL", objects.Acl),
        ("Tags", string.Join(", ", objects.ValueByTag.Select(tag => $"{tag.Key}={tag.Value}"))),
        ("Checksums", objects.Checksums),
        ("Part size", Words.Bytes(objects.PartSizeBytes)),
        ("Credentials", objects.CredentialsSecret.Length > 0 ? $"{{secret:{objects.CredentialsSecret}}}" : ""),
        ("Conditional PUT", Found(found)));

    private static string BackOff(Duration? cap) => cap is null ? "the service's" : Words.Of(cap);

    private static string Found(ConditionalPut found) =>
        found == ConditionalPut.Unspecified ? "not checked" : ContractWord<ConditionalPut>.Of(found);
}
