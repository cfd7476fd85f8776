using Exporter.Admin.Tests.Stand;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.Cli.Tests;

public sealed class ExportCommandTests : CliFixture
{
    [Fact]
    public async Task An_export_is_created_with_everything_that_can_be_said()
    {
        (await RunAsync(
            "exports", "create", "archive", "--kind", "s3", "--url", "s3://reports/{source}/{api_key}", "--batch", "5000", "--max-delay",
            "1h30m",
            "--max-batch-bytes", "64MiB", "--skip-key", "noisy", "--skip-key", "test-key", "--skip-source", "query", "fixed",
            "--concurrency", "4",
            "--max-attempts", "9", "--max-age", "3d", "--first-back-off", "5s", "--longest-back-off", "1h", "--authority-secret", "partner-ca",
            "--paused", "--retain", "2d", "--full-policy", "refuse-ingest", "--max-waiting", "1000000", "--format", "ndjson",
            "--compression", "none", "--compression-level", "optimal", "--endpoint", "https://s3.example", "--region", "eu-west-1",
            "--path-style", "true",
            "--sse", "aws:kms", "--kms-key-id", "key/1", "--storage-class", "STANDARD_IA", "--acl", "private", "--tag", "team=field",
            "--tag", "a=b=c",
            "--checksums", "when_required", "--part-size", "16MiB", "--credentials-secret", "s3-reports", "--disabled")).ShouldSucceed();

        var export = (await Server.Exports.LoadAsync(Cancel)).Find("archive").ShouldNotBeNull();
        export.Kind.ShouldBe(ExportKind.S3);
        export.IsEnabled.ShouldBeFalse();
        export.IsPaused.ShouldBeTrue();
        export.Settings.ShouldBeEquivalentTo(new ExportSettings
        {
            Url = "s3://reports/{source}/{api_key}", BatchReports = 5000, MaxDelay = TimeSpan.FromMinutes(90), MaxBatchBytes = 64L << 20,
            SkipKeys = export.Settings.SkipKeys, SkipSources = export.Settings.SkipSources, Concurrency = 4, MaxAttempts = 9,
            MaxAge = TimeSpan.FromDays(3), FirstBackOff = TimeSpan.FromSeconds(5), LongestBackOff = TimeSpan.FromHours(1),
            AuthoritySecret = "partner-ca",
            RetainDelivered = TimeSpan.FromDays(2), FullPolicy = FullPolicy.RefuseIngest, MaxWaitingReports = 1_000_000,
            Objects = export.Settings.Objects,
        });
        export.Settings.SkipKeys.ShouldBe(["noisy", "test-key"]);
        export.Settings.SkipSources.ShouldBe(["query", "fixed"]);
        var objects = export.Settings.Objects;
        (objects with { ValueByTag = ObjectSettingsTags }).ShouldBe(new ObjectSettings
        {
            Format = ObjectFormat.Ndjson, Compression = ObjectCompression.None, CompressionLevel = GzipLevel.Optimal,
            Endpoint = "https://s3.example",
            Region = "eu-west-1", UsePathStyle = true, ServerSideEncryption = "aws:kms", KmsKeyId = "key/1", StorageClass = "STANDARD_IA",
            Acl = "private",
            ValueByTag = ObjectSettingsTags, Checksums = "when_required", PartSizeBytes = 16L << 20, CredentialsSecret = "s3-reports",
        });
        objects.ValueByTag.ShouldBe(new Dictionary<string, string> { ["team"] = "field", ["a"] = "b=c" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_fault_stands_at_its_option() =>
        (await RunAsync(
            "exports", "create", "none", "--kind", "s3", "--url", "file:///etc/{source}", "--batch", "-1", "--max-delay", "0s",
            "--skip-key", "good-key", "x",
            "--full-policy", "discard-oldest", "--max-age", "0s", "--first-back-off", "2h", "--longest-back-off", "1h", "--authority-secret", "A/B",
            "--part-size", "1", "--sse", "aes")).ShouldFail(
            "NAME: Must not be 'none': metrics mean by it that no export took a report.",
            "--part-size: The part size must be from 5242880 to 268435456 bytes, found 1.",
            "--sse: The encryption must be AES256 or aws:kms, found 'aes'.",
            $"--url: Must lie under a folder of 'Exporter:FileRoots' ({Server.Folder}), found '/etc/'.",
            "--batch: Must be 0 (seal by age only) to 10,000,000 reports, found -1.",
            "--max-delay: Must be longer than zero and at most 7 days, found 0 seconds.",
            "--skip-key (number 2): Must be 4 to 40 ASCII letters, digits and hyphens, found 1 characters.",
            "--longest-back-off: Must not be shorter than first_back_off, found 3600 seconds.",
            "--authority-secret: Must name a secret, found 'A/B'. "
                + "A secret's name must have 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.",
            "--max-waiting: Must be given with this full_policy, found none: say above how many reports it begins.");

    [Fact]
    public async Task Exports_are_listed_shown_renamed_switched_and_deleted()
    {
        (await RunAsync("exports", "create", "daily", "--kind", "dummy", "--batch", "0")).ShouldSucceed();
        var table = (await RunAsync("exports", "list")).ShouldSucceed();
        CellsOf(table.Lines[0]).ShouldBe(["NAME", "KIND", "ENABLED", "PAUSED", "CIRCUIT", "BATCH", "MAX DELAY", "URL"]);
        CellsOf(table.Lines[1]).ShouldBe(["daily", "dummy", "yes", "no", "closed", "0", "1h"]);

        (await RunAsync("exports", "disable", "daily")).ShouldSucceed().Output.ShouldBe("Export 'daily' is disabled.\n");
        (await RunAsync("exports", "update", "daily", "--name", "weekly", "--max-delay", "7d")).ShouldSucceed();
        var shown = (await RunAsync("exports", "show", "weekly", "--json")).ShouldSucceed().Json;
        shown.GetProperty("enabled").GetBoolean().ShouldBeFalse();
        shown.GetProperty("settings").GetProperty("batchReports").GetInt32().ShouldBe(0);
        shown.GetProperty("settings").GetProperty("maxDelay").GetString().ShouldBe("604800s");

        (await RunAsync("exports", "enable", "weekly")).ShouldSucceed();
        (await RunAsync("exports", "list", "--json")).ShouldSucceed().Json.GetProperty("exports")[0].GetProperty("enabled").GetBoolean()
            .ShouldBeTrue();
        (await RunAsync("exports", "delete", "weekly")).ShouldSucceed();
        (await RunAsync("exports", "show", "weekly"))
            .ShouldFail("There is no export 'weekly'. Names are case-sensitive; ListExports shows them.");
    }

    [Fact]
    public async Task Exports_are_paused_and_resumed_and_their_circuits_shown()
    {
        var id = Guid.Parse(await CreateHoldingAsync());
        (await RunAsync("exports", "pause", "daily")).ShouldSucceed().Output
            .ShouldBe("Export 'daily' is paused: it goes on collecting and delivers nothing.\n");
        (await RunAsync("exports", "update", "daily", "--max-age", "2d")).ShouldSucceed();
        Server.Queries.Circuits.Add(new(id, true, 5, SampleBatch.SealedAt, SampleBatch.SealedAt.AddMinutes(1), "timeout", "'partner.example' did not answer."));
        CellsOf((await RunAsync("exports", "list")).ShouldSucceed().Lines[1]).ShouldBe(["daily", "dummy", "yes", "yes", "open (timeout)", "1,000", "1h"]);

        var shown = (await RunAsync("exports", "show", "daily")).ShouldSucceed();
        shown.Lines.ShouldContain("Circuit          open, 5 fault(s) in a row since 2026-03-07 12:00:00Z, next try 2026-03-07 12:01:00Z");
        shown.Lines.ShouldContain("Last fault       timeout: 'partner.example' did not answer.");
        shown.Lines.ShouldContain("Max age          2d");
        shown.Lines.ShouldContain("Back-off         the service's");
        (await RunAsync("exports", "list", "--json")).ShouldSucceed().Json.GetProperty("exports")[0].GetProperty("circuit")
            .GetProperty("faultCount").GetInt32().ShouldBe(5);
        (await RunAsync("exports", "resume", "daily")).ShouldSucceed().Output.ShouldBe("Export 'daily' is resumed.\n");
    }

    [Fact]
    public async Task An_export_that_holds_reports_is_deleted_with_their_number_only()
    {
        var id = await CreateHoldingAsync((null, "gnss"), (null, "query"));
        (await RunAsync("exports", "delete", "daily")).ShouldFail(
            "Export 'daily' holds 2 report(s) that wait, are in flight or are dead letters, and discard_count is 0. "
            + "Deleting it discards them: give discard_count 2 (--discard 2) to do so.");
        (await RunAsync("exports", "delete", id, "--discard", "2")).ShouldSucceed()
            .Output.ShouldEndWith("was deleted; 2 report(s) were discarded with it.\n");
    }

    [Fact]
    public async Task New_skip_rules_tell_of_waiting_reports_and_take_them_out_when_asked()
    {
        var id = await CreateHoldingAsync((null, "gnss"), (null, "query"));
        (await RunAsync("exports", "update", "daily", "--skip-source", "query")).ShouldSucceed().Lines[^1].ShouldBe(
            "1 waiting report(s) match the skip rules and will still be delivered. Discard them with --apply-skip-rules-to-waiting.");
        (await RunAsync("exports", "update", "daily", "--apply-skip-rules-to-waiting")).ShouldSucceed().Lines[^1].ShouldBe(
            "1 waiting report(s) that the skip rules match were discarded.");
        Server.Exports.Unsealed[Guid.Parse(id)].ShouldBe([(null, "gnss")]);

        (await RunAsync("exports", "update", "daily", "--no-skip-sources")).ShouldSucceed();
        (await Server.Exports.LoadAsync(Cancel)).Find("daily")!.Settings.SkipSources.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_check_that_fails_fails_the_command()
    {
        (await RunAsync("exports", "create", "archive", "--kind", "s3", "--url", "s3://reports/{source}")).ShouldSucceed();
        var passed = (await RunAsync("exports", "check", "archive")).ShouldSucceed();
        CellsOf(passed.Lines[1]).ShouldBe(["write", "passed", "An object of 1 KiB was written."]);
        passed.Lines[^1].ShouldBe("Conditional writes: put-only.");

        Server.Probe.Result = new([new ProbeStep("write", false, "Bucket 'reports' does not exist. Create it.")], ConditionalPut.Unknown);
        var failed = await RunAsync("exports", "check", "archive");
        failed.ExitCode.ShouldBe(1);
        CellsOf(failed.Lines[1]).ShouldBe(["write", "FAILED", "Bucket 'reports' does not exist. Create it."]);
        (await RunAsync("exports", "check", "archive", "--json")).Json.GetProperty("steps")[0].GetProperty("passed").GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_batches_are_moved()
    {
        (await RunAsync("exports", "create", "archive", "--kind", "s3", "--url", "s3://reports/{source}")).ShouldSucceed();
        Server.Exports.Waiting[(await Server.Exports.LoadAsync(Cancel)).Find("archive")!.Id] = (1200, 1);
        (await RunAsync("exports", "move-waiting", "archive")).ShouldSucceed().Output
            .ShouldBe("1,200 batch(es) got the present destination; 1 were attempted before and keep theirs.\n");
    }

    private static readonly Dictionary<string, string> ObjectSettingsTags = [];

    private async Task<string> CreateHoldingAsync(params (string? Key, string Source)[] reports)
    {
        var created = (await RunAsync("exports", "create", "daily", "--kind", "dummy", "--json")).ShouldSucceed();
        var id = created.Json.GetProperty("export").GetProperty("id").GetString()!;
        Server.Exports.Unsealed[Guid.Parse(id)] = [.. reports];
        return id;
    }
}
