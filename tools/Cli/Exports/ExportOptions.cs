using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Values;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Cli.Exports;

// What can be said about an export, given once for create and update; only what is given is set.
internal sealed class ExportOptions
{
    private readonly Option<string> _url = new("--url")
    {
        Description = "s3://bucket/path/{placeholders}, file:///folder/{placeholders}, or the partner's https address; "
            + "a secret is written {secret:name}.",
    };
    private readonly Option<int?> _batch = new("--batch") { Description = "Reports in a batch; 0 seals by age only. [1000]" };
    private readonly Option<TimeSpan?> _maxDelay = DurationOption.Of(
        "--max-delay", "Age of the oldest waiting report at which a batch is sealed. [1h]");
    private readonly Option<long?> _maxBatchBytes = BytesOption.Of(
        "--max-batch-bytes", "Packed bytes at which a batch is sealed. [256MiB]");
    private readonly Option<string[]> _skipKeys = new("--skip-key")
    {
        Description = "API key whose reports are not exported; once for each.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string[]> _skipSources = new("--skip-source")
    {
        Description = "Source whose reports are not exported: fixed, fused, gnss or query; once for each.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _noSkipKeys = new("--no-skip-keys") { Description = "Skip no API key." };
    private readonly Option<bool> _noSkipSources = new("--no-skip-sources") { Description = "Skip no source." };
    private readonly Option<int?> _concurrency = new("--concurrency")
    {
        Description = "Batches delivered at the same time over all instances. [2]",
    };
    private readonly Option<int?> _maxAttempts = new("--max-attempts")
    {
        Description = "Attempts after which a batch becomes a dead letter; 0 never. [0]",
    };
    private readonly Option<TimeSpan?> _maxAge = DurationOption.Of(
        "--max-age", "Age since sealing at which a batch that fails once more becomes a dead letter; 0s never. [0s]");
    private readonly Option<TimeSpan?> _firstBackOff = DurationOption.Of(
        "--first-back-off", "Cap of a batch's first back-off, which doubles with each attempt. [the service's, 1s]");
    private readonly Option<TimeSpan?> _longestBackOff = DurationOption.Of(
        "--longest-back-off", "Largest cap of a batch's back-off. [the service's, 15m]");
    private readonly Option<string> _authority = new("--authority-secret")
    {
        Description = "Name of a secret with certificates in PEM, which alone may have signed the destination's. [the machine's own]",
    };
    private readonly Option<TimeSpan?> _retain = DurationOption.Of("--retain", "How long reports of delivered batches are kept. [0s]");
    private readonly Option<string> _fullPolicy = new("--full-policy") { Description = "What happens above --max-waiting. [wait]" };
    private readonly Option<long?> _maxWaiting = new("--max-waiting")
    {
        Description = "Waiting reports at which --full-policy begins. [0, no limit]",
    };
    private readonly ObjectOptions _object = new();

    public ExportOptions() => _fullPolicy.AcceptOnlyFromAmong(ContractWord<FullPolicy>.All);

    public IEnumerable<Symbol> All =>
    [
        _url, _batch, _maxDelay, _maxBatchBytes, _skipKeys, _noSkipKeys, _skipSources, _noSkipSources, _concurrency, _maxAttempts,
        _maxAge, _firstBackOff, _longestBackOff, _authority, _retain, _fullPolicy, _maxWaiting, .. _object.All,
    ];

    public void SetOn(ExportSettings settings, Call call)
    {
        settings.Url = call.Value(_url) ?? settings.Url;
        if (call.Value(_batch) is { } batch)
            settings.BatchReports = batch;
        if (call.Value(_maxDelay) is { } delay)
            settings.MaxDelay = delay.ToDuration();
        if (call.Value(_maxBatchBytes) is { } bytes)
            settings.MaxBatchBytes = bytes;
        if (call.Value(_concurrency) is { } concurrency)
            settings.Concurrency = concurrency;
        if (call.Value(_maxAttempts) is { } attempts)
            settings.MaxAttempts = attempts;
        if (call.Value(_maxAge) is { } age)
            settings.MaxAge = age.ToDuration();
        if (call.Value(_firstBackOff) is { } first)
            settings.FirstBackOff = first.ToDuration();
        if (call.Value(_longestBackOff) is { } longest)
            settings.LongestBackOff = longest.ToDuration();
        settings.AuthoritySecret = call.Value(_authority) ?? settings.AuthoritySecret;
        if (call.Value(_retain) is { } retain)
            settings.RetainDelivered = retain.ToDuration();
        if (call.Value(_fullPolicy) is { } policy)
            settings.FullPolicy = ContractWord<FullPolicy>.Parse(policy);
        if (call.Value(_maxWaiting) is { } waiting)
            settings.MaxWaitingReports = waiting;
        SetSkips(settings, call);
        _object.SetOn(settings, call);
    }

    private void SetSkips(ExportSettings settings, Call call)
    {
        if (call.Value(_noSkipKeys) || call.IsGiven(_skipKeys))
            settings.SkipKeys.Clear();
        if (call.Value(_noSkipSources) || call.IsGiven(_skipSources))
            settings.SkipSources.Clear();
        settings.SkipKeys.AddRange(call.Value(_skipKeys) ?? []);
        settings.SkipSources.AddRange(call.Value(_skipSources) ?? []);
    }
}
