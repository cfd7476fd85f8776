using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One name and its value, text or bytes.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("0123456789_-.abcdefghijklmnopqrstuvwxyz");

        private readonly string? _value;
        private readonly byte[]? _bytes;

        /// <summary>Makes a text entry; the name becomes lower case.</summary>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = NormalizeKey(key);
            if (IsBinary)
                throw new ArgumentException($"Metadata '{Key}' ends in '{BinaryHeaderSuffix}' and takes bytes.", nameof(key));
            _value = value;
        }

        /// <summary>Makes an entry of bytes; the name becomes lower case and ends in "-bin".</summary>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = NormalizeKey(key);
            if (!IsBinary)
                throw new ArgumentException($"Metadata '{Key}' holds bytes, so it must end in '{BinaryHeaderSuffix}'.", nameof(key));
            _bytes = [.. valueBytes];
        }

        /// <summary>The name, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text; refused for bytes.</summary>
        public string Value => _value ?? throw new InvalidOperationException($"Metadata '{Key}' holds bytes, not text.");

        /// <summary>A copy of the bytes, or the text as ASCII.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _bytes];

        internal ReadOnlySpan<byte> Bytes => _bytes;

        /// <inheritdoc/>
        public override string ToString() => _bytes is null
            ? $"[Entry: key={Key}, value={_value}]"
            : $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_bytes)}]";

        internal bool KeyEquals(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        /// <summary>Whether a name in lower case can be metadata; HTTP knows more names.</summary>
        internal static bool IsKey(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(KeyCharacters);

        private static string NormalizeKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (IsKey(key))
                return key;
#pragma warning disable CA1308 // HTTP/2 wants lower case.
            var lower = key.ToLowerInvariant();
#pragma warning restore CA1308
            if (!IsKey(lower))
                throw new ArgumentException($"Metadata name '{key}' may hold only letters, digits, '_', '-' and '.'.", nameof(key));
            return lower;
        }
    }
}
