using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Values;

namespace Exporter.Cli.Exports;

// For exports of kind s3.
internal sealed class ObjectOptions
{
    private readonly Option<string> _format = new("--format") { Description = "The objects' format. [json]" };
    private readonly Option<string> _compression = new("--compression") { Description = "The objects' compression. [gzip]" };
    private readonly Option<string> _level = new("--compression-level") { Description = "How hard gzip tries. [fastest]" };
    private readonly Option<string> _endpoint = new("--endpoint") { Description = "Address of an S3-compatible store. [AWS]" };
    private readonly Option<string> _region = new("--region") { Description = "AWS region." };
    private readonly Option<bool?> _pathStyle = new("--path-style")
    {
        Description = "Whether the bucket stands in the path instead of in the host name.",
        HelpName = "true|false",
    };
    private readonly Option<string> _encryption = new("--sse") { Description = "Server-side encryption: AES256 or aws:kms." };
    private readonly Option<string> _kmsKeyId = new("--kms-key-id") { Description = "KMS key, for --sse aws:kms." };
    private readonly Option<string> _storageClass = new("--storage-class") { Description = "Storage class, such as STANDARD_IA." };
    private readonly Option<string> _acl = new("--acl") { Description = "Canned ACL, such as bucket-owner-full-control." };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Object tag; once for each.",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _checksums = new("--checksums")
    {
        Description = "when_required or when_supported. [when_required with --endpoint]",
    };
    private readonly Option<long?> _partSize = BytesOption.Of("--part-size", "Part of a multipart upload. [8MiB]");
    private readonly Option<string> _credentials = new("--credentials-secret")
    {
        Description = "Name of a secret with two lines, access key and secret key. [the AWS SDK's usual chain]",
    };

    public ObjectOptions()
    {
        _format.AcceptOnlyFromAmong(ContractWord<ObjectFormat>.All);
        _compression.AcceptOnlyFromAmong(ContractWord<ObjectCompression>.All);
        _level.AcceptOnlyFromAmong(ContractWord<CompressionLevel>.All);
        _tags.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"A tag is written name=value, found '{token.Value}'.");
        });
    }

    public IEnumerable<Symbol> All =>
        [_format, _compression, _level, _endpoint, _region, _pathStyle, _encryption, _kmsKeyId, _storageClass, _acl, _tags, _checksums,
            _partSize, _credentials];

    public void SetOn(ExportSettings export, Call call)
    {
        if (!All.OfType<Option>().Any(call.IsGiven))
            return;

        var settings = export.Object ??= new ObjectSettings();
        if (call.Value(_format) is { } format)
            settings.Format = ContractWord<ObjectFormat>.Parse(format);
        if (call.Value(_compression) is { } compression)
            settings.Compression = ContractWord<ObjectCompression>.Parse(compression);
        if (call.Value(_level) is { } level)
            settings.CompressionLevel = ContractWord<CompressionLevel>.Parse(level);
        if (call.Value(_partSize) is { } partSize)
            settings.PartSizeBytes = partSize;
        settings.Endpoint = call.Value(_endpoint) ?? settings.Endpoint;
        settings.Region = call.Value(_region) ?? settings.Region;
        settings.UsePathStyle = call.Value(_pathStyle) ?? settings.UsePathStyle;
        settings.ServerSideEncryption = call.Value(_encryption) ?? settings.ServerSideEncryption;
        settings.KmsKeyId = call.Value(_kmsKeyId) ?? settings.KmsKeyId;
        settings.StorageClass = call.Value(_storageClass) ?? settings.StorageClass;
        settings.Acl = call.Value(_acl) ?? settings.Acl;
        settings.Checksums = call.Value(_checksums) ?? settings.Checksums;
        settings.CredentialsSecret = call.Value(_credentials) ?? settings.CredentialsSecret;
        SetTags(settings, call);
    }

    private void SetTags(ObjectSettings settings, Call call)
    {
        if (!call.IsGiven(_tags))
            return;

        settings.ValueByTag.Clear();
        foreach (var tag in call.Value(_tags) ?? [])
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            settings.ValueByTag[tag[..equals]] = tag[(equals + 1)..];
        }
    }
}
