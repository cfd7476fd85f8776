namespace Exporter.Geosubmit.Fuzzing;

/// <summary>One change that knows nothing of JSON.</summary>
internal static class ByteChange
{
    private const int Longest = 64;

    public static byte[] Apply(byte[] body, Random random)
    {
        if (body.Length == 0)
            return [(byte)random.Next(256)];

        var at = random.Next(body.Length);
        var to = Math.Min(body.Length, at + random.Next(1, Longest));
        switch (random.Next(7))
        {
            case 0:
                var flipped = (byte[])body.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                var replaced = (byte[])body.Clone();
                replaced[at] = "\"\\{}[],:-+.0eENnItf\0\u007f "u8[random.Next(22)];
                return replaced;
            case 2:
                return [.. body[..at], .. body[to..]];
            case 3:
                return [.. body[..to], .. body[at..]];
            case 4:
                return body[..at];
            case 5:
                return [.. body[..at], .. Noise(random), .. body[at..]];
            default:
                return [.. body[..at], .. body[..to], .. body[to..]];
        }
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 8)];
        random.NextBytes(noise);
        return noise;
    }
}
