using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Cli.Calls;

// Shows each fault at the option that carried the field.
internal static partial class FieldFaults
{
    private static readonly FrozenDictionary<string, string> OptionByField = new Dictionary<string, string>
    {
        ["api_key.key"] = "KEY",
        ["api_key.max_requests_per_day"] = "--max-requests",
        ["api_key.submit_sample_percent"] = "--sample",
        ["delivered_from"] = "--since",
        ["delivered_to"] = "--until",
        ["discard_count"] = "--discard",
        ["export"] = "NAME",
        ["export.kind"] = "--kind",
        ["export.name"] = "NAME",
        ["export.settings.authority_secret"] = "--authority-secret",
        ["export.settings.batch_reports"] = "--batch",
        ["export.settings.concurrency"] = "--concurrency",
        ["export.settings.first_back_off"] = "--first-back-off",
        ["export.settings.full_policy"] = "--full-policy",
        ["export.settings.longest_back_off"] = "--longest-back-off",
        ["export.settings.max_age"] = "--max-age",
        ["export.settings.max_attempts"] = "--max-attempts",
        ["export.settings.max_batch_bytes"] = "--max-batch-bytes",
        ["export.settings.max_delay"] = "--max-delay",
        ["export.settings.max_waiting_reports"] = "--max-waiting",
        ["export.settings.object.acl"] = "--acl",
        ["export.settings.object.checksums"] = "--checksums",
        ["export.settings.object.compression"] = "--compression",
        ["export.settings.object.compression_level"] = "--compression-level",
        ["export.settings.object.credentials_secret"] = "--credentials-secret",
        ["export.settings.object.endpoint"] = "--endpoint",
        ["export.settings.object.format"] = "--format",
        ["export.settings.object.kms_key_id"] = "--kms-key-id",
        ["export.settings.object.part_size_bytes"] = "--part-size",
        ["export.settings.object.region"] = "--region",
        ["export.settings.object.server_side_encryption"] = "--sse",
        ["export.settings.object.storage_class"] = "--storage-class",
        ["export.settings.object.value_by_tag"] = "--tag",
        ["export.settings.retain_delivered"] = "--retain",
        ["export.settings.skip_keys"] = "--skip-key",
        ["export.settings.skip_sources"] = "--skip-source",
        ["export.settings.url"] = "--url",
        ["filter.created_from"] = "--since",
        ["filter.created_to"] = "--until",
        ["filter.error_type"] = "--cause",
        ["filter.export"] = "--export",
        ["id"] = "ID",
        ["ids"] = "ID",
        ["report_limit"] = "--reports",
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> SentencesOf(RpcException fault)
    {
        var violations = ViolationsOf(fault);
        return violations.Count > 0
            ? [.. violations.Select(violation => $"{OptionOf(violation.Field)}: {violation.Description}")]
            : [fault.Status.Detail];
    }

    private static string OptionOf(string field)
    {
        var match = Indexed().Match(field);
        var name = match.Groups["name"].Value;
        var option = OptionByField.GetValueOrDefault(name, name);
        return match.Groups["index"].Success
            ? $"{option} (number {int.Parse(match.Groups["index"].ValueSpan, provider: null) + 1})"
            : option;
    }

    private static RepeatedField<BadRequest.Types.FieldViolation> ViolationsOf(RpcException fault)
    {
        var details = fault.Trailers.GetValueBytes("grpc-status-details-bin");
        if (details is null)
            return [];

        foreach (var detail in Google.Rpc.Status.Parser.ParseFrom(details).Details)
        {
            if (detail.TryUnpack<BadRequest>(out var request))
                return request.FieldViolations;
        }

        return [];
    }

    [GeneratedRegex(@"^(?<name>[^\[]*)(\[(?<index>\d{1,6})\])?")]
    private static partial Regex Indexed();
}
