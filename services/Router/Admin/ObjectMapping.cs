using Exporter.Delivery.Objects;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal static class ObjectMapping
{
    private static readonly ObjectSettings Defaults = new();

    public static ObjectSettings Read(Wire.ObjectSettings? wire)
    {
        if (wire is null)
            return Defaults;

        return new ObjectSettings
        {
            Format = wire.Format == 0 ? Defaults.Format : (ObjectFormat)wire.Format,
            Compression = wire.Compression == 0 ? Defaults.Compression : (ObjectCompression)wire.Compression,
            CompressionLevel = wire.CompressionLevel == 0 ? Defaults.CompressionLevel : (GzipLevel)wire.CompressionLevel,
            Endpoint = wire.Endpoint,
            Region = wire.Region,
            UsePathStyle = wire.UsePathStyle,
            ServerSideEncryption = wire.ServerSideEncryption,
            KmsKeyId = wire.KmsKeyId,
            StorageClass = wire.StorageClass,
            Acl = wire.Acl,
            ValueByTag = new Dictionary<string, string>(wire.ValueByTag),
            Checksums = wire.Checksums,
            PartSizeBytes = wire.HasPartSizeBytes ? wire.PartSizeBytes : Defaults.PartSizeBytes,
            CredentialsSecret = wire.CredentialsSecret,
        };
    }

    public static Wire.ObjectSettings Show(ObjectSettings settings)
    {
        var wire = new Wire.ObjectSettings
        {
            Format = (Wire.ObjectFormat)settings.Format,
            Compression = (Wire.ObjectCompression)settings.Compression,
            CompressionLevel = (Wire.CompressionLevel)settings.CompressionLevel,
            Endpoint = settings.Endpoint,
            Region = settings.Region,
            UsePathStyle = settings.UsePathStyle,
            ServerSideEncryption = settings.ServerSideEncryption,
            KmsKeyId = settings.KmsKeyId,
            StorageClass = settings.StorageClass,
            Acl = settings.Acl,
            Checksums = settings.Checksums,
            PartSizeBytes = settings.PartSizeBytes,
            CredentialsSecret = settings.CredentialsSecret,
        };
        foreach (var (tag, value) in settings.ValueByTag)
            wire.ValueByTag.Add(tag, value);
        return wire;
    }
}
