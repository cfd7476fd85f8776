using System.Globalization;
using System.IO.Compression;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Verdicts;

/// <summary>A whole answer, read as the protocol describes it.</summary>
/// <param name="HttpStatus">200 for everything that is gRPC.</param>
/// <param name="Status">Of gRPC; null where HTTP refused.</param>
/// <param name="Messages">Their payloads, unpacked.</param>
internal sealed record Answer(int HttpStatus, int? Status, IReadOnlyList<byte[]> Messages)
{
    private const int MostStatus = 16;

    /// <exception cref="FormatException">It is not in order; says why.</exception>
    /// <exception cref="InvalidDataException">A message can't be unpacked.</exception>
    public static Answer Of(StreamRecord record)
    {
        if (record.Fault is { } fault)
            throw new FormatException(fault);
        if (record.Blocks.Count is < 1 or > 2)
            throw new FormatException($"The answer has {record.Blocks.Count} header blocks.");

        var (head, endsAtOnce) = record.Blocks[0];
        CheckNames(head, isTrailer: false);
        var httpStatus = int.Parse(Only(head, ":status"), NumberStyles.None, CultureInfo.InvariantCulture);
        if (httpStatus != 200)
            return new(httpStatus, null, []);
        if (!Only(head, "content-type").StartsWith("application/grpc", StringComparison.Ordinal))
            throw new FormatException("The answer is 200 and not of application/grpc.");

        var tail = endsAtOnce ? head : record.Blocks.Count == 2 ? record.Blocks[1].Fields : [];
        if (!endsAtOnce && head.Exists(field => field.Name is "grpc-status" or "grpc-message"))
            throw new FormatException("A grpc-status stands in headers that do not end the stream.");
        if (!endsAtOnce && record.Blocks.Count == 2)
            CheckNames(tail, isTrailer: true);
        return new(httpStatus, StatusOf(tail), MessagesOf(record.Data, isPackable: head.Exists(field => field.Name == "grpc-encoding")));
    }

    private static int StatusOf(List<Field> fields)
    {
        var text = Only(fields, "grpc-status");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status > MostStatus)
            throw new FormatException($"The grpc-status is '{text}'.");
        foreach (var message in fields.Where(field => field.Name == "grpc-message"))
            CheckMessage(message.Value);
        return status;
    }

    private static List<byte[]> MessagesOf(List<byte> data, bool isPackable)
    {
        var messages = new List<byte[]>();
        byte[] rest = [.. data];
        while (rest.Length > 0)
        {
            if (rest.Length < 5)
                throw new FormatException($"The answer ends with {rest.Length} bytes that are no message.");
            var length = rest[1] << 24 | rest[2] << 16 | rest[3] << 8 | rest[4];
            if (rest[0] > (isPackable ? 1 : 0) || length < 0 || length > rest.Length - 5)
                throw new FormatException($"A message of the answer has flag {rest[0]} and length {length}, and {rest.Length - 5} bytes follow.");
            messages.Add(rest[0] == 0 ? rest[5..(5 + length)] : Unpack(rest[5..(5 + length)]));
            rest = rest[(5 + length)..];
        }

        return messages;
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static void CheckNames(List<Field> fields, bool isTrailer)
    {
        foreach (var (name, value) in fields)
        {
            if (name.Length == 0 || name.Any(char.IsAsciiLetterUpper) || name is "connection" or "transfer-encoding" or "upgrade")
                throw new FormatException($"The answer has a field '{name}'.");
            if (name[0] == ':' && (isTrailer || name != ":status"))
                throw new FormatException($"The answer has a field '{name}' where there may be none.");
            if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
                throw new FormatException($"The answer's field '{name}' holds a control character.");
        }
    }

    private static void CheckMessage(string message)
    {
        if (message.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new FormatException($"The grpc-message '{message}' is not printable ASCII.");
        for (var at = message.IndexOf('%', StringComparison.Ordinal); at >= 0; at = message.IndexOf('%', at + 1))
        {
            if (at + 2 >= message.Length || !char.IsAsciiHexDigit(message[at + 1]) || !char.IsAsciiHexDigit(message[at + 2]))
                throw new FormatException($"The grpc-message '{message}' is not percent-encoded.");
        }
    }

    private static string Only(List<Field> fields, string name)
    {
        var found = fields.Where(field => field.Name == name).ToList();
        return found.Count == 1 ? found[0].Value : throw new FormatException($"The answer has {found.Count} times {name}.");
    }
}
