using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Tests.Templates;

public sealed class ObjectRulesTests
{
    [Fact]
    public void Defaults_with_a_url_have_no_fault() => Problems(objects => objects).ShouldBeEmpty();

    [Fact]
    public void Every_fault_is_told_at_its_field() => Problems(_ => new ObjectSettings
    {
        Format = (ObjectFormat)9,
        Compression = 0,
        CompressionLevel = (GzipLevel)4,
        PartSizeBytes = 1,
        Endpoint = "http://user:secret@host/path?key=secret",
        Region = "Europe",
        Checksums = "sometimes",
        CredentialsSecret = "../key",
        ServerSideEncryption = "rot13",
        KmsKeyId = "key",
        StorageClass = "cold storage",
        Acl = "everybody",
        ValueByTag = Enumerable.Range(0, 11).ToDictionary(i => $"tag{i}", i => i == 3 ? "<b>" : "v"),
    }).ShouldBe(
    [
        ("settings.object.format", "The format must be json or ndjson, found 9."),
        ("settings.object.compression", "The compression must be gzip or none, found 0."),
        ("settings.object.compression_level", "The level must be fastest, optimal or smallest, found 4."),
        ("settings.object.part_size_bytes", "The part size must be from 5242880 to 268435456 bytes, found 1."),
        ("settings.object.endpoint", "The endpoint must be http://host:port or https://host:port, without user, path or query."),
        ("settings.object.region", "The region must have up to 64 lower-case letters, digits and hyphens, found 'Europe'."),
        ("settings.object.checksums", "checksums must be when_required or when_supported, found 'sometimes'."),
        ("settings.object.credentials_secret", "A secret's name must have 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit."),
        ("settings.object.server_side_encryption", "The encryption must be AES256 or aws:kms, found 'rot13'."),
        ("settings.object.kms_key_id", "A KMS key needs server_side_encryption aws:kms."),
        ("settings.object.storage_class", "The storage class must have up to 64 letters, digits, hyphens and underscores, found 'cold storage'."),
        ("settings.object.acl", "The ACL must be one of private, public-read, public-read-write, aws-exec-read, authenticated-read, bucket-owner-read, bucket-owner-full-control, log-delivery-write, found 'everybody'."),
        ("settings.object.value_by_tag", "An object can have at most 10 tags, found 11."),
        ("settings.object.value_by_tag", "The tag 'tag3' must have a name of 1 to 128 and a value of up to 256 letters, digits, spaces and + - = . _ : / @."),
    ]);

    [Fact]
    public void Parts_must_be_large_enough_for_the_largest_batch() =>
        ObjectRules.Problems(new ExportSettings { Url = "s3://bucket/a", MaxBatchBytes = 6_000_000_000 }).ShouldBe(
            [("settings.object.part_size_bytes", "A batch of 6000000000 bytes may need more than 10000 parts of 8388608 bytes. Enlarge part_size_bytes or lower max_batch_bytes.")],
            "a packed byte may become sixteen");

    [Theory]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("https://s3.example.org")]
    [InlineData("https://s3.example.org/")]
    public void An_endpoint_is_a_host_with_or_without_a_port(string endpoint) => Problems(objects => objects with { Endpoint = endpoint }).ShouldBeEmpty();

    private static List<(string, string)> Problems(Func<ObjectSettings, ObjectSettings> change) =>
        [.. ObjectRules.Problems(new ExportSettings { Url = "s3://bucket/{source}", Objects = change(new()) })];
}
