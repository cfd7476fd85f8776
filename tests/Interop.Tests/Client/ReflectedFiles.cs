using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Testing;

namespace Exporter.Interop.Client;

/// <summary>Contracts as a server describes them.</summary>
internal static class ReflectedFiles
{
    /// <summary>Holds that the files go together, and describe the suite's service and messages as ours do.</summary>
    public static void ShouldDescribeTheSuite(IEnumerable<ByteString> files)
    {
        var service = FileDescriptor.BuildFromByteStrings(InOrder(files)).SelectMany(file => file.Services)
            .Single(each => each.FullName == TestService.Descriptor.FullName);
        service.Methods.Select(Describe).ShouldBe(TestService.Descriptor.Methods.Select(Describe), ignoreOrder: true);
    }

    /// <summary>Each file after those that it imports.</summary>
    private static IEnumerable<ByteString> InOrder(IEnumerable<ByteString> files)
    {
        var waiting = files.ToDictionary(file => FileDescriptorProto.Parser.ParseFrom(file).Name);
        while (waiting.Count > 0)
        {
            var (name, next) = waiting.First(file => !FileDescriptorProto.Parser.ParseFrom(file.Value).Dependency.Any(waiting.ContainsKey));
            waiting.Remove(name);
            yield return next;
        }
    }

    private static string Describe(MethodDescriptor method) =>
        $"{method.Name}({Stream(method.IsClientStreaming)}{Describe(method.InputType)}) {Stream(method.IsServerStreaming)}{Describe(method.OutputType)}";

    private static string Describe(MessageDescriptor message) =>
        $"{message.FullName}[{string.Join(' ', message.Fields.InFieldNumberOrder().Select(field => $"{field.FieldNumber}:{field.FieldType}:{field.Name}"))}]";

    private static string Stream(bool streams) => streams ? "stream " : "";
}
