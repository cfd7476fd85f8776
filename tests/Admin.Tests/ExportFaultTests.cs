using Exporter.Admin.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Admin.Tests;

public sealed class ExportFaultTests : AdminFixture
{
    [Fact]
    public async Task Every_fault_of_an_export_is_told_at_once_at_its_field()
    {
        var settings = new ExportSettings
        {
            Url = "ftp://somewhere",
            BatchReports = -1,
            MaxDelay = Duration.FromTimeSpan(TimeSpan.FromDays(8)),
            MaxBatchBytes = 5,
            Concurrency = 65,
            MaxAttempts = -3,
            RetainDelivered = Duration.FromTimeSpan(TimeSpan.FromDays(31)),
            FullPolicy = FullPolicy.DiscardOldest,
            SkipKeys = { "good-key", "x" },
            SkipSources = { "gnss", "gps" },
            Object = new ObjectSettings { PartSizeBytes = 1, Checksums = "never" },
        };
        var faults = await OfferAsync(new Export { Name = "", Kind = ExportKind.S3, Settings = settings });

        faults.Keys.ShouldBe(
            [
                "export.name", "export.settings.url", "export.settings.batch_reports", "export.settings.max_delay",
                "export.settings.max_batch_bytes",
                "export.settings.skip_keys[1]", "export.settings.skip_sources[1]", "export.settings.concurrency",
                "export.settings.max_attempts",
                "export.settings.retain_delivered", "export.settings.max_waiting_reports", "export.settings.object.part_size_bytes",
                "export.settings.object.checksums",
            ],
            ignoreOrder: true);
        faults["export.name"].ShouldBe("Must have 1 to 40 characters, found 0.");
        faults["export.settings.batch_reports"].ShouldBe("Must be 0 (seal by age only) to 10,000,000 reports, found -1.");
        faults["export.settings.max_delay"].ShouldBe("Must be longer than zero and at most 7 days, found 691200 seconds.");
        faults["export.settings.max_batch_bytes"].ShouldBe("Must be 1048576 (1 MiB) to 4294967296 (4 GiB) bytes, found 5.");
        faults["export.settings.skip_keys[1]"].ShouldBe("Must be 4 to 40 ASCII letters, digits and hyphens, found 1 characters.");
        faults["export.settings.skip_sources[1]"].ShouldBe("Must be one of fixed, fused, gnss, query, found 'gps'.");
        faults["export.settings.concurrency"].ShouldBe("Must be 1 to 64 batches at the same time, found 65.");
        faults["export.settings.max_attempts"].ShouldBe("Must be 0 (never give up) or more, found -3.");
        faults["export.settings.retain_delivered"].ShouldBe("Must be zero to 30 days, found 2678400 seconds.");
        faults["export.settings.max_waiting_reports"]
            .ShouldBe("Must be given with this full_policy, found none: say above how many reports it begins.");
    }

    [Theory]
    [InlineData("none", "Must not be 'none': metrics mean by it that no export took a report.")]
    [InlineData(" daily", "Must not begin or end with white space, nor hold control characters.")]
    [InlineData("a\u0007b", "Must not begin or end with white space, nor hold control characters.")]
    [InlineData("f2a7fbd4-6dcd-4f24-a3a1-4c1d43ac8b3a", "Must not look like an id, found 'f2a7fbd4-6dcd-4f24-a3a1-4c1d43ac8b3a': exports are found by their id or their name.")]
    [InlineData("12345678901234567890123456789012345678901", "Must have 1 to 40 characters, found 41.")]
    public async Task A_name_that_would_confuse_is_refused(string name, string sentence) =>
        (await OfferAsync(new Export { Name = name, Kind = ExportKind.Dummy }))["export.name"].ShouldBe(sentence);

    [Fact]
    public async Task A_kind_must_be_given_and_known()
    {
        (await OfferAsync(new Export { Name = "a" }))["export.kind"].ShouldBe("Must be dummy, geosubmit, internal or s3, found none.");
        (await OfferAsync(new Export { Name = "a", Kind = (ExportKind)9 }))["export.kind"]
            .ShouldBe("Must be dummy, geosubmit, internal or s3, found 9.");
    }

    [Theory]
    [InlineData(ExportKind.Dummy, "https://partner.example/", "Must be empty for an export of kind dummy: it has no address.")]
    [InlineData(ExportKind.Internal, "s3://bucket", "Must be empty for an export of kind internal: it has no address.")]
    [InlineData(ExportKind.Geosubmit, "", "Must be given for an export of kind geosubmit: the partner's address, https://host/v2/geosubmit?key={secret:name}.")]
    [InlineData(ExportKind.Geosubmit, "http://partner.example/v2/geosubmit", "Must be an https:// address for an export of kind geosubmit.")]
    [InlineData(ExportKind.Geosubmit, "https://partner.example/{source}", "Unknown placeholder '{source}'. An address of kind geosubmit may hold {secret:name}.")]
    [InlineData(ExportKind.Geosubmit, "https://partner.example/v2/geosubmit?key=abcd1234", "Must not hold a literal 'key='. Put its value in a secret and write key={secret:name}.")]
    [InlineData(ExportKind.Geosubmit, "https://partner.example/v2/geosubmit?a=1&API_KEY=abcd", "Must not hold a literal 'API_KEY='. Put its value in a secret and write API_KEY={secret:name}.")]
    [InlineData(ExportKind.Geosubmit, "https://user:word@partner.example/", "Must not hold a user or a password. Put them in a secret and name it: {secret:name}.")]
    [InlineData(ExportKind.S3, "s3://AKIA:word@bucket/path", "Must not hold a user or a password. Put them in a secret and name it: {secret:name}.")]
    public async Task An_address_fits_the_kind_and_holds_no_secret(ExportKind kind, string url, string sentence)
    {
        var faults = await OfferAsync(new Export { Name = "a", Kind = kind, Settings = new() { Url = url } });
        faults.ShouldBe(new Dictionary<string, string> { ["export.settings.url"] = sentence });
    }

    [Fact]
    public async Task A_secret_may_be_named_in_an_address()
    {
        var export = await CreateAsync("partner", ExportKind.Geosubmit,
            export => export.Settings.Url = "https://partner.example/v2/geosubmit?key={secret:partner-key}");
        export.Settings.Url.ShouldBe("https://partner.example/v2/geosubmit?key={secret:partner-key}");
    }

    [Fact]
    public async Task Files_lie_under_an_allowed_folder()
    {
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.S3, Settings = new() { Url = "file:///etc/{source}" } });
        faults["export.settings.url"].ShouldBe($"Must lie under a folder of 'Exporter:FileRoots' ({Server.Folder}), found '/etc/'.");

        var beside = await OfferAsync(
            new Export { Name = "a", Kind = ExportKind.S3, Settings = new() { Url = $"file://{Server.Folder}-beside/{{source}}" } });
        beside.Keys.ShouldBe(["export.settings.url"]);

        await CreateAsync(
            "inside", ExportKind.S3, export => export.Settings.Url = $"file://{Server.Folder}/objects/{{source}}/{{api_key}}");
    }

    [Fact]
    public async Task An_unknown_placeholder_is_refused_when_the_export_is_saved()
    {
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.S3, Settings = new() { Url = "s3://reports/{colour}" } });
        faults["export.settings.url"].ShouldContain("{colour}");
    }

    [Fact]
    public async Task More_than_a_thousand_skip_keys_are_too_many()
    {
        var settings = new ExportSettings { SkipKeys = { Enumerable.Range(0, 1001).Select(index => $"key-{index}") } };
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.Dummy, Settings = settings });
        faults.ShouldBe(new Dictionary<string, string> { ["export.settings.skip_keys"] = "Must be at most 1,000 keys, found 1001." });
    }

    [Fact]
    public async Task A_flood_of_faults_is_listed_up_to_a_bound()
    {
        var settings = new ExportSettings { SkipSources = { Enumerable.Repeat(new string('x', 3000), 900) } };
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.Dummy, Settings = settings });
        faults.Count.ShouldBe(50);
        faults.Values.ShouldAllBe(sentence => sentence.Length < 150);
    }

    [Theory]
    [InlineData(-315_576_000_000)]
    [InlineData(315_576_000_000)]
    [InlineData(long.MaxValue)]
    public async Task A_duration_beyond_all_bounds_is_a_fault_and_no_crash(long seconds)
    {
        var settings = new ExportSettings { MaxDelay = new Duration { Seconds = seconds, Nanos = 999_999_999 } };
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.Dummy, Settings = settings });
        faults.Keys.ShouldBe(["export.settings.max_delay"]);
    }

    [Fact]
    public async Task Unknown_enum_values_are_faults_at_their_fields()
    {
        var settings = new ExportSettings
        {
            Url = "s3://reports/{source}",
            FullPolicy = (FullPolicy)7,
            Object = new() { Format = (ObjectFormat)7, Compression = (ObjectCompression)7, CompressionLevel = (CompressionLevel)7 },
        };
        var faults = await OfferAsync(new Export { Name = "a", Kind = ExportKind.S3, Settings = settings });
        faults.Keys.ShouldBe(
            ["export.settings.full_policy", "export.settings.object.format", "export.settings.object.compression",
                "export.settings.object.compression_level"],
            ignoreOrder: true);
    }

    private Task<Dictionary<string, string>> OfferAsync(Export export) =>
        FaultsAsync(async () => await Client.CreateExportAsync(new() { Export = export }, cancellationToken: Cancel));
}
