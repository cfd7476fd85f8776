using Google.Protobuf;

namespace Exporter.Geosubmit;

/// <summary>Protobuf messages as a client with another serializer may write them.</summary>
internal static class PackedFields
{
    /// <summary>The fields of two messages in any order, some repeated, with fields between them that the contract does not know.</summary>
    public static byte[] Shuffled(byte[] message, byte[] other, Random random)
    {
        var fields = Split(message);
        if (random.Next(2) == 0)
            fields.AddRange(Split(other));
        if (random.Next(2) == 0 && fields.Count > 0)
            fields.Add(fields[random.Next(fields.Count)]);
        if (random.Next(2) == 0)
            fields.Add([0xf8, 0x07, 0x01]);
        if (random.Next(2) == 0)
            fields.Add([0x82, 0x08, 0x02, 0x68, 0x69]);

        var shuffled = fields.ToArray();
        if (random.Next(4) > 0)
            random.Shuffle(shuffled);
        return [.. shuffled.SelectMany(field => Inside(field, random))];
    }

    private static List<byte[]> Split(byte[] message)
    {
        var fields = new List<byte[]>();
        using var input = new CodedInputStream(message);
        while (!input.IsAtEnd)
        {
            var start = (int)input.Position;
            input.ReadTag();
            input.SkipLastField();
            fields.Add(message[start..(int)input.Position]);
        }

        return fields;
    }

    private static byte[] Inside(byte[] field, Random random)
    {
        const int FirstMessage = 1 << 3 | 2;
        const int LastMessage = 5 << 3 | 2;
        if (field[0] is < FirstMessage or > LastMessage || (field[0] & 7) != 2 || random.Next(2) == 0)
            return field;

        using var input = new CodedInputStream(field);
        input.ReadTag();
        var parts = Split(input.ReadBytes().ToByteArray()).ToArray();
        random.Shuffle(parts);
        var body = ByteString.CopyFrom([.. parts.SelectMany(part => part)]);
        var output = new byte[1 + CodedOutputStream.ComputeBytesSize(body)];
        using var stream = new CodedOutputStream(output);
        stream.WriteRawTag(field[0]);
        stream.WriteBytes(body);
        return output;
    }
}
