using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Templates;

public sealed class ObjectKeyTemplateTests
{
    private static readonly Guid Id = Guid.Parse("0f9d2a3e-5c6b-4e0a-9f1d-2b3c4d5e6f70");
    private static readonly DateTimeOffset Sealed = new(2026, 1, 2, 1, 30, 0, TimeSpan.FromHours(5));

    [Theory]
    [InlineData("s3://bucket/backups/{source}/{api_key}/{year}/{month}/{day}", "s3://bucket/backups/gnss/test/2026/01/01/")]
    [InlineData("s3://bucket/static/{source}{api_key}/{year}/{month}/{day}/", "s3://bucket/static/gnsstest/2026/01/01/")]
    [InlineData("s3://bucket/dt={year}-{month}-{day}/key={api_key}", "s3://bucket/dt=2026-01-01/key=test/")]
    [InlineData("s3://bucket/{day}/x/{month}/{source}", "s3://bucket/01/x/01/gnss/")]
    [InlineData("s3://bucket", "s3://bucket/")]
    [InlineData("s3://bucket/", "s3://bucket/")]
    [InlineData("file:///data/objects/{source}/{api_key}", "file:///data/objects/gnss/test/")]
    [InlineData("file:///home/my name/C#/100%", "file:///home/my name/C#/100%/")]
    public void Placeholders_stand_in_any_place_and_the_day_is_that_of_sealing_in_UTC(string url, string folder) =>
        ObjectKeyTemplate.Parse(url).Freeze(new(), "gnss", "test", Sealed, Id).Location.ShouldBe($"{folder}0f9d2a3e-5c6b-4e0a-9f1d-2b3c4d5e6f70.json.gz");

    [Theory]
    [InlineData(ObjectFormat.Json, ObjectCompression.Gzip, ".json.gz")]
    [InlineData(ObjectFormat.Json, ObjectCompression.None, ".json")]
    [InlineData(ObjectFormat.Ndjson, ObjectCompression.Gzip, ".ndjson.gz")]
    [InlineData(ObjectFormat.Ndjson, ObjectCompression.None, ".ndjson")]
    public void The_name_ends_as_the_body_is_written_and_both_are_frozen(ObjectFormat format, ObjectCompression compression, string end)
    {
        var settings = new ObjectSettings { Format = format, Compression = compression, CompressionLevel = GzipLevel.Optimal };

        ObjectKeyTemplate.Parse("s3://bucket/a").Freeze(settings, "gnss", null, Sealed, Id)
            .ShouldBe(new ObjectTarget($"s3://bucket/a/{Id}{end}", format, compression, GzipLevel.Optimal));
    }

    [Theory]
    [InlineData(null, "no_key")]
    [InlineData("", "no_key")]
    [InlineData("..", "%2E%2E")]
    [InlineData("../../etc", "%2E%2E%2F%2E%2E%2Fetc")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a b?c#d", "a%20b%3Fc%23d")]
    [InlineData("%2F", "%252F")]
    [InlineData("{year}", "%7Byear%7D")]
    [InlineData("schlüssel", "schl%C3%BCssel")]
    public void Values_are_escaped_and_never_make_folders(string? apiKey, string segment) =>
        ObjectKeyTemplate.Parse("file:///data/{api_key}").Freeze(new(), "gnss", apiKey, Sealed, Id).Location.ShouldBe($"file:///data/{segment}/{Id}.json.gz");

    [Theory]
    [InlineData("", "The url is empty. Write s3://bucket/folder/{source}/{api_key} or file:///folder/{source}/{api_key}.")]
    [InlineData("https://user:secret@host/?key=1", "The url must begin with s3:// or file:///, found 'https://'.")]
    [InlineData("/data", "The url must begin with s3:// or file:///, found neither.")]
    [InlineData("s3://", "The url names no bucket. Write s3://bucket/folder.")]
    [InlineData("s3:///folder", "The url names no bucket. Write s3://bucket/folder.")]
    [InlineData("s3://Bucket/a", "The bucket 'Bucket' must have 3 to 63 lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit.")]
    [InlineData("s3://{source}/a", "The bucket '{source}' must have 3 to 63 lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit.")]
    [InlineData("s3://user:secret@bucket/a", "The url must not hold a user or a password. Name a secret in credentials_secret instead.")]
    [InlineData("s3://bucket/a?key=secret", "The url must not have a query ('?'): keys and other secrets would be stored in clear.")]
    [InlineData("file:///data?key=secret", "The url must not have a query ('?'): keys and other secrets would be stored in clear.")]
    [InlineData("s3://bucket/a#b", "The url must not have a fragment ('#').")]
    [InlineData("s3://bucket/{country}", "The url has an unknown placeholder {country}. Known are {source}, {api_key}, {year}, {month} and {day}.")]
    [InlineData("s3://bucket/{secret:name}", "The url of objects can't hold a secret. Name it in credentials_secret.")]
    [InlineData("s3://bucket/{source", "The url has a brace without its partner. A placeholder is written {source}.")]
    [InlineData("s3://bucket/a//b", "The url must not have an empty folder ('//').")]
    [InlineData("s3://bucket/a/../b", "The url must not have a folder '..'.")]
    [InlineData("file:///data/./b", "The url must not have a folder '.'.")]
    [InlineData("file:///a\\b", "The url must not have control characters or backslashes.")]
    [InlineData("file://data/objects", "The url of a folder must be absolute: write file:///folder, with three slashes.")]
    [InlineData("file:///", "The url names no folder. Write file:///folder.")]
    public void A_faulty_url_is_refused_with_a_sentence(string url, string sentence)
    {
        ObjectKeyTemplate.TryParse(url, out var problems).ShouldBeNull();

        problems.ShouldBe([sentence]);
        Should.Throw<FormatException>(() => ObjectKeyTemplate.Parse(url)).Message.ShouldBe(sentence);
    }

    [Fact]
    public void Every_fault_is_told_at_once_and_no_secret_with_them()
    {
        ObjectKeyTemplate.TryParse("s3://u:pw@b/{country}/../x//{year?key=geheim", out var problems).ShouldBeNull();

        problems.Count.ShouldBe(6);
        string.Concat(problems).ShouldNotContain("pw");
        string.Concat(problems).ShouldNotContain("geheim");
    }

    [Fact]
    public void Names_that_no_store_takes_are_refused()
    {
        ObjectKeyTemplate.TryParse($"file:///{new string('x', 220)}{{api_key}}", out var file);
        ObjectKeyTemplate.TryParse($"s3://bucket/{string.Concat(Enumerable.Repeat("ü", 490))}", out var key);

        file.ShouldHaveSingleItem().ShouldContain("260 bytes");
        key.ShouldHaveSingleItem().ShouldContain("more than 1024 bytes");
    }

    [Theory]
    [InlineData("s3://bucket/a/b{source}/c", "s3://bucket/a/")]
    [InlineData("s3://bucket/{source}", "s3://bucket/")]
    [InlineData("file:///data/objects", "file:///data/objects/")]
    public void The_static_folder_ends_before_the_first_placeholder(string url, string folder) =>
        ObjectKeyTemplate.Parse(url).StaticFolder.ShouldBe(folder);

    [Fact]
    public void Only_exports_of_kind_s3_get_a_destination()
    {
        var export = TestExports.ToFolder("/data");

        ObjectTargets.Freeze(export, "gnss", null, Sealed, Id)!.Location.ShouldBe($"file:///data/backup/gnss/no_key/2026/01/01/{Id}.json.gz");
        ObjectTargets.Explain(export, "gnss", "k", Sealed).ShouldBe("file:///data/backup/gnss/k/2026/01/01/{batch_id}.json.gz");
        ObjectTargets.Freeze(export with { Kind = ExportKind.Dummy }, "gnss", null, Sealed, Id).ShouldBeNull();
    }

    [Theory]
    [InlineData("s3://bucket/a/b.json", "bucket", "a/b.json")]
    [InlineData("file:///data/a%2Eb/c", null, "/data/a%2Eb/c")]
    public void A_location_is_taken_apart_as_it_stands(string location, string? bucket, string key) =>
        ObjectLocation.Parse(location).ShouldBe(new ObjectLocation(bucket, key));

    [Theory]
    [InlineData("s3://bucket")]
    [InlineData("s3:///key")]
    [InlineData("file://a/b")]
    [InlineData("https://a/b")]
    public void What_is_no_location_is_refused(string location) => Should.Throw<FormatException>(() => ObjectLocation.Parse(location));
}
