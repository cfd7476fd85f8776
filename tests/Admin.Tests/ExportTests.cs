using Exporter.Admin.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class ExportTests : AdminFixture
{
    [Fact]
    public async Task What_is_not_said_is_the_default()
    {
        var export = await CreateAsync("archive", ExportKind.S3, offered => offered.Settings.Url = "s3://reports/{source}/{api_key}");

        Guid.Parse(export.Id).Version.ShouldBe(7);
        export.Revision.ShouldBe(1);
        export.ConditionalPut.ShouldBe(ConditionalPut.Unspecified);
        var settings = export.Settings;
        settings.BatchReports.ShouldBe(1000);
        settings.MaxDelay.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromHours(1)));
        settings.MaxBatchBytes.ShouldBe(256L * 1024 * 1024);
        settings.Concurrency.ShouldBe(2);
        settings.MaxAttempts.ShouldBe(0);
        settings.MaxAge.ShouldBe(new Duration());
        settings.FirstBackOff.ShouldBeNull();
        settings.LongestBackOff.ShouldBeNull();
        settings.AuthoritySecret.ShouldBe("");
        settings.RetainDelivered.ShouldBe(new Duration());
        settings.FullPolicy.ShouldBe(FullPolicy.Wait);
        settings.Object.Format.ShouldBe(ObjectFormat.Json);
        settings.Object.Compression.ShouldBe(ObjectCompression.Gzip);
        settings.Object.CompressionLevel.ShouldBe(CompressionLevel.Fastest);
        settings.Object.PartSizeBytes.ShouldBe(8L * 1024 * 1024);
    }

    [Fact]
    public async Task What_is_said_comes_back_as_it_was_said()
    {
        var settings = new ExportSettings
        {
            Url = "s3://reports/dt={year}-{month}-{day}/{source}/{api_key}",
            BatchReports = 0,
            MaxDelay = new Duration { Seconds = 90, Nanos = 500_000_000 },
            MaxBatchBytes = 1 << 20,
            SkipKeys = { "noisy-key" },
            SkipSources = { "query" },
            Concurrency = 64,
            MaxAttempts = 12,
            MaxAge = Duration.FromTimeSpan(TimeSpan.FromDays(3)),
            FirstBackOff = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
            LongestBackOff = Duration.FromTimeSpan(TimeSpan.FromHours(2)),
            AuthoritySecret = "partner-authority",
            RetainDelivered = Duration.FromTimeSpan(TimeSpan.FromDays(30)),
            FullPolicy = FullPolicy.RefuseIngest,
            MaxWaitingReports = 1_000_000,
            Object = new()
            {
                Format = ObjectFormat.Ndjson, Compression = ObjectCompression.None, CompressionLevel = CompressionLevel.Optimal,
                Endpoint = "https://s3.example:9000", Region = "eu-west-1", UsePathStyle = true, ServerSideEncryption = "aws:kms",
                KmsKeyId = "key/1",
                StorageClass = "STANDARD_IA", Acl = "bucket-owner-full-control", ValueByTag = { ["team"] = "field" },
                Checksums = "when_supported",
                PartSizeBytes = 5L << 20, CredentialsSecret = "s3-reports",
            },
        };
        var export = await CreateAsync("archive", ExportKind.S3, offered => offered.Settings = settings);

        export.Settings.ShouldBe(settings);
        (await Client.GetExportAsync(new() { Export = export.Id }, cancellationToken: Cancel)).ShouldBe(export);
        (await Client.GetExportAsync(new() { Export = "archive" }, cancellationToken: Cancel)).ShouldBe(export);
    }

    [Fact]
    public async Task Exports_are_listed_by_name_with_their_revision()
    {
        await CreateAsync("zulu");
        await CreateAsync("alpha");

        var answer = await Client.ListExportsAsync(new(), cancellationToken: Cancel);
        answer.Exports.Select(export => export.Name).ShouldBe(["alpha", "zulu"]);
        answer.Revision.ShouldBe(2);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await CreateAsync("daily");
        var refusal = await RefusedAsync(StatusCode.AlreadyExists, () => CreateAsync("daily"));
        refusal.Status.Detail.ShouldBe("Another export has the name 'daily'. Choose another.");
    }

    [Fact]
    public async Task A_second_internal_export_is_refused()
    {
        await CreateAsync("stations", ExportKind.Internal);
        var refusal = await RefusedAsync(StatusCode.FailedPrecondition, () => CreateAsync("more-stations", ExportKind.Internal));
        refusal.Status.Detail.ShouldBe("There is an export of kind internal already, and one is the most. Change that one.");
    }

    [Fact]
    public async Task An_export_is_renamed_by_its_id_and_keeps_it()
    {
        var export = await CreateAsync("old-name");
        export.Name = "new-name";
        var saved = (await UpdateAsync(export)).Export;

        saved.Id.ShouldBe(export.Id);
        saved.Name.ShouldBe("new-name");
        saved.Revision.ShouldBe(2);
        saved.CreatedAt.ShouldBe(export.CreatedAt);
        await RefusedAsync(
            StatusCode.NotFound, async () => await Client.GetExportAsync(new() { Export = "old-name" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task An_export_is_found_by_its_name_when_no_id_is_given()
    {
        await CreateAsync("daily");
        var saved = await UpdateAsync(new Export { Name = "daily", Enabled = false, Settings = new() { BatchReports = 7 } });
        saved.Export.Enabled.ShouldBeFalse();
        saved.Export.Kind.ShouldBe(ExportKind.Dummy);
        saved.Export.Settings.BatchReports.ShouldBe(7);
    }

    [Fact]
    public async Task The_kind_can_not_be_changed()
    {
        var export = await CreateAsync("daily");
        export.Kind = ExportKind.Internal;
        (await FaultsAsync(() => UpdateAsync(export)))["export.kind"].ShouldBe("Must stay dummy. Make another export for another kind.");
    }

    [Fact]
    public async Task New_skip_rules_tell_how_many_waiting_reports_they_match_and_take_them_out_when_asked()
    {
        var export = await CreateAsync("daily");
        Server.Exports.Unsealed[Guid.Parse(export.Id)] = [("noisy", "gnss"), (null, "query"), (null, "gnss"), ("other", "fused")];
        export.Settings.SkipKeys.Add("noisy");
        export.Settings.SkipSources.Add("query");

        (await UpdateAsync(export)).WaitingMatchedCount.ShouldBe(2);
        Server.Exports.Unsealed[Guid.Parse(export.Id)].Count.ShouldBe(4);

        var applied = await Client.UpdateExportAsync(new() { Export = export, ApplySkipRulesToWaiting = true }, cancellationToken: Cancel);
        applied.WaitingMatchedCount.ShouldBe(2);
        Server.Exports.Unsealed[Guid.Parse(export.Id)].ShouldBe([(null, "gnss"), ("other", "fused")]);
    }

    [Fact]
    public async Task An_export_that_holds_reports_is_deleted_with_their_exact_number_only()
    {
        var export = await CreateAsync("daily");
        Server.Exports.Unsealed[Guid.Parse(export.Id)] = [(null, "gnss"), (null, "gnss"), (null, "gnss")];

        var refusal = await RefusedAsync(StatusCode.FailedPrecondition, () => DeleteAsync("daily", 2));
        refusal.Status.Detail.ShouldBe(
            "Export 'daily' holds 3 report(s) that wait, are in flight or are dead letters, and discard_count is 2. "
            + "Deleting it discards them: give discard_count 3 (--discard 3) to do so.");

        (await DeleteAsync("daily", 3)).DiscardedCount.ShouldBe(3);
        await RefusedAsync(StatusCode.NotFound, () => DeleteAsync("daily", 0));
    }

    [Fact]
    public async Task A_negative_discard_count_is_a_fault()
    {
        await CreateAsync("daily");
        (await FaultsAsync(() => DeleteAsync("daily", -1)))["discard_count"].ShouldBe("Must be 0 or more, found -1.");
    }

    [Fact]
    public async Task A_check_shows_its_steps_and_what_it_found_is_kept_until_the_store_changes()
    {
        var export = await CreateAsync("archive", ExportKind.S3, offered => offered.Settings.Url = "s3://reports/{source}");
        var answer = await Client.CheckExportAsync(new() { Export = "archive" }, cancellationToken: Cancel);
        answer.Steps.Single().ShouldBe(new CheckStep { Name = "write", Passed = true, Detail = "An object of 1 KiB was written." });
        answer.ConditionalPut.ShouldBe(ConditionalPut.PutOnly);

        export = await Client.GetExportAsync(new() { Export = "archive" }, cancellationToken: Cancel);
        export.ConditionalPut.ShouldBe(ConditionalPut.PutOnly);
        export.Settings.BatchReports = 5;
        (await UpdateAsync(export)).Export.ConditionalPut.ShouldBe(ConditionalPut.PutOnly);
        export.Settings.Url = "s3://other/{source}";
        (await UpdateAsync(export)).Export.ConditionalPut.ShouldBe(ConditionalPut.Unspecified);
    }

    [Fact]
    public async Task A_check_that_fails_keeps_what_was_known()
    {
        await CreateAsync("archive", ExportKind.S3, offered => offered.Settings.Url = "s3://reports/{source}");
        await Client.CheckExportAsync(new() { Export = "archive" }, cancellationToken: Cancel);
        Server.Probe.Result = new(
            [new Delivery.Objects.ProbeStep("write", false, "No such bucket.")], Delivery.Exports.ConditionalPut.Unknown);

        (await Client.CheckExportAsync(new() { Export = "archive" }, cancellationToken: Cancel)).Steps.Single().Passed.ShouldBeFalse();
        (await Client.GetExportAsync(new() { Export = "archive" }, cancellationToken: Cancel))
            .ConditionalPut.ShouldBe(ConditionalPut.PutOnly);
    }

    [Fact]
    public async Task Only_exports_with_objects_can_be_checked()
    {
        await CreateAsync("daily");
        var refusal = await RefusedAsync(StatusCode.FailedPrecondition,
            async () => await Client.CheckExportAsync(new() { Export = "daily" }, cancellationToken: Cancel));
        refusal.Status.Detail.ShouldBe("Export 'daily' is of kind dummy. Only exports of kind s3 and geosubmit can be checked.");
    }

    [Fact]
    public async Task Waiting_batches_are_moved_and_counted()
    {
        var export = await CreateAsync("archive", ExportKind.S3, offered => offered.Settings.Url = "s3://reports/{source}");
        Server.Exports.Waiting[Guid.Parse(export.Id)] = (4, 1);
        var answer = await Client.MoveWaitingBatchesAsync(new() { Export = "archive" }, cancellationToken: Cancel);
        (answer.MovedCount, answer.KeptCount).ShouldBe((4, 1));
    }

    [Fact]
    public async Task An_export_must_be_named()
    {
        (await FaultsAsync(async () => await Client.GetExportAsync(new(), cancellationToken: Cancel)))["export"]
            .ShouldBe("Must be the id or the name of an export, found nothing.");
        (await FaultsAsync(async () => await Client.CreateExportAsync(new(), cancellationToken: Cancel)))["export"]
            .ShouldBe("Must be given.");
    }

    private async Task<SaveExportResponse> UpdateAsync(Export export) =>
        await Client.UpdateExportAsync(new() { Export = export }, cancellationToken: Cancel);

    private async Task<DeleteExportResponse> DeleteAsync(string export, long discard) =>
        await Client.DeleteExportAsync(new() { Export = export, DiscardCount = discard }, cancellationToken: Cancel);
}
