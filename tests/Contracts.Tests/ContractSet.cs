using Exporter.Admin.V1;
using Exporter.Ingest.V1;
using Exporter.Messages.V1;
using Exporter.Reports.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Exporter.Contracts;

/// <summary>The contracts as this build has them, and as they were last released.</summary>
internal static class ContractSet
{
    private const string ReleasedName = "released.binpb";

    public static FileDescriptorSet Present { get; } = new()
    {
        File =
        {
            new[]
            {
                ReportReflection.Descriptor, IngestServiceReflection.Descriptor, MessagesReflection.Descriptor, ExportReflection.Descriptor,
                ApiKeyReflection.Descriptor, BatchReflection.Descriptor, AdminServiceReflection.Descriptor,
            }.Select(file => FileDescriptorProto.Parser.ParseFrom(file.SerializedData)),
        },
    };

    public static FileDescriptorSet ReadReleased() =>
        FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, ReleasedName)));

    /// <summary>Makes the present contracts the released ones.</summary>
    public static void Accept(string protosFolder) => File.WriteAllBytes(Path.Combine(protosFolder, ReleasedName), Present.ToByteArray());
}
