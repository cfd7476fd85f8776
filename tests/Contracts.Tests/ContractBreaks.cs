using Google.Protobuf.Reflection;

namespace Exporter.Contracts;

/// <summary>What would break a client between two versions of the contracts: removals and changes; additions are fine.</summary>
internal static class ContractBreaks
{
    public static IReadOnlyList<string> Between(FileDescriptorSet before, FileDescriptorSet after)
    {
        var breaks = new List<string>();
        foreach (var file in before.File)
        {
            if (after.File.FirstOrDefault(candidate => candidate.Name == file.Name) is not { } now)
            {
                breaks.Add($"{file.Name}: the file is gone.");
                continue;
            }

            if (now.Package != file.Package || now.Options.CsharpNamespace != file.Options.CsharpNamespace)
                breaks.Add($"{file.Name}: its package or C# namespace changed.");
            Messages(file.Package, file.MessageType, now.MessageType, breaks);
            Enums(file.Package, file.EnumType, now.EnumType, breaks);
            Services(file.Package, file.Service, now.Service, breaks);
        }

        return breaks;
    }

    private static void Messages(string scope, IEnumerable<DescriptorProto> before, IEnumerable<DescriptorProto> after, List<string> breaks)
    {
        foreach (var message in before)
        {
            var name = $"{scope}.{message.Name}";
            if (after.FirstOrDefault(candidate => candidate.Name == message.Name) is not { } now)
            {
                breaks.Add($"{name}: the message is gone.");
                continue;
            }

            Fields(name, message, now, breaks);
            Messages(name, message.NestedType, now.NestedType, breaks);
            Enums(name, message.EnumType, now.EnumType, breaks);
        }
    }

    private static void Fields(string message, DescriptorProto before, DescriptorProto after, List<string> breaks)
    {
        foreach (var field in before.Field)
        {
            var now = after.Field.FirstOrDefault(candidate => candidate.Number == field.Number);
            if (now is null && !IsReserved(after, field))
                breaks.Add($"{message}.{field.Name}: removed, but its number {field.Number} and its name are not reserved.");
            else if (now is not null && Shape(now) != Shape(field))
                breaks.Add($"{message}.{field.Name}: was {Shape(field)}, is {Shape(now)}.");
        }
    }

    private static bool IsReserved(DescriptorProto message, FieldDescriptorProto field) =>
        message.ReservedName.Contains(field.Name) && message.ReservedRange.Any(range => range.Start <= field.Number && field.Number < range.End);

    private static string Shape(FieldDescriptorProto field) =>
        $"{field.Name} = {field.Number} {field.Label} {field.Type} {field.TypeName} {(field.Proto3Optional ? "optional" : "")}";

    private static void Enums(string scope, IEnumerable<EnumDescriptorProto> before, IEnumerable<EnumDescriptorProto> after, List<string> breaks)
    {
        foreach (var old in before)
        {
            var now = after.FirstOrDefault(candidate => candidate.Name == old.Name);
            foreach (var value in old.Value)
            {
                if (now?.Value.FirstOrDefault(candidate => candidate.Number == value.Number)?.Name != value.Name)
                    breaks.Add($"{scope}.{old.Name}.{value.Name}: the value {value.Number} is gone or has another name.");
            }
        }
    }

    private static void Services(string scope, IEnumerable<ServiceDescriptorProto> before, IEnumerable<ServiceDescriptorProto> after, List<string> breaks)
    {
        foreach (var service in before)
        {
            var now = after.FirstOrDefault(candidate => candidate.Name == service.Name);
            foreach (var method in service.Method)
            {
                if (now?.Method.FirstOrDefault(candidate => candidate.Name == method.Name) is not { } same || Shape(same) != Shape(method))
                    breaks.Add($"{scope}.{service.Name}.{method.Name}: gone, or with other messages or streams.");
            }
        }
    }

    private static string Shape(MethodDescriptorProto method) =>
        $"{method.InputType} {method.OutputType} {method.ClientStreaming} {method.ServerStreaming}";
}
