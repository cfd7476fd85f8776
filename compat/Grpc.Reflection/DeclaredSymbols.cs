using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>All that files and their dependencies declare, by full name.</summary>
internal sealed class DeclaredSymbols
{
    public Dictionary<string, FileDescriptor> Files { get; } = [];

    public Dictionary<string, FileDescriptor> Symbols { get; } = [];

    /// <summary>The extensions of each message, by number; a message without any has none.</summary>
    public Dictionary<string, Dictionary<int, FileDescriptor>> ExtensionsByType { get; } = [];

    public void Add(FileDescriptor file)
    {
        if (!Files.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            Add(dependency);
        foreach (var service in file.Services)
            Add(service);
        foreach (var message in file.MessageTypes)
            Add(message);
        foreach (var type in file.EnumTypes)
            Add(type);
        foreach (var extension in file.Extensions.UnorderedExtensions)
            AddExtension(extension);
    }

    private void Add(ServiceDescriptor service)
    {
        Declare(service);
        foreach (var method in service.Methods)
            Declare(method);
    }

    private void Add(MessageDescriptor message)
    {
        Declare(message);
        ExtensionsByType.TryAdd(message.FullName, []);
        foreach (var field in message.Fields.InDeclarationOrder())
            Declare(field);
        foreach (var oneof in message.Oneofs)
            Declare(oneof);
        foreach (var nested in message.NestedTypes)
            Add(nested);
        foreach (var type in message.EnumTypes)
            Add(type);
        foreach (var extension in message.Extensions.UnorderedExtensions)
            AddExtension(extension);
    }

    private void Add(EnumDescriptor type)
    {
        Declare(type);
        // By protobuf's rules a value is named beside its type, not within it.
        var scope = type.FullName[..^type.Name.Length];
        foreach (var value in type.Values)
            Symbols[scope + value.Name] = type.File;
    }

    private void AddExtension(FieldDescriptor extension)
    {
        Declare(extension);
        var type = extension.ExtendeeType.FullName;
        if (!ExtensionsByType.TryGetValue(type, out var extensions))
            ExtensionsByType[type] = extensions = [];
        extensions[extension.FieldNumber] = extension.File;
    }

    private void Declare(IDescriptor symbol) => Symbols[symbol.FullName] = symbol.File;
}
