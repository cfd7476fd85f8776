using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds the file that declares something.</summary>
public class SymbolRegistry
{
    private readonly FrozenDictionary<string, FileDescriptor> _byName;
    private readonly FrozenDictionary<string, FileDescriptor> _bySymbol;
    private readonly FrozenDictionary<string, FrozenDictionary<int, FileDescriptor>> _extensionsByType;

    private SymbolRegistry(DeclaredSymbols declared)
    {
        _byName = declared.Files.ToFrozenDictionary();
        _bySymbol = declared.Symbols.ToFrozenDictionary();
        _extensionsByType = declared.ExtensionsByType.ToFrozenDictionary(type => type.Key, type => type.Value.ToFrozenDictionary());
    }

    /// <summary>A registry of files and of all that they depend on.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var declared = new DeclaredSymbols();
        foreach (var file in fileDescriptors)
            declared.Add(file);
        return new(declared);
    }

    /// <summary>The file of a name, or null.</summary>
    public FileDescriptor? FileByName(string filename) => _byName.GetValueOrDefault(filename);

    /// <summary>The file that declares what is named in full, or null.</summary>
    public FileDescriptor? FileContainingSymbol(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    internal FileDescriptor? FileContainingExtension(string type, int number) =>
        _extensionsByType.GetValueOrDefault(type)?.GetValueOrDefault(number);

    /// <summary>The numbers of a message's extensions in order, or null where there is no such message.</summary>
    internal IReadOnlyList<int>? ExtensionNumbers(string type) => _extensionsByType.GetValueOrDefault(type)?.Keys.Order().ToList();
}
