namespace Exporter.Geosubmit.Fuzzing;

/// <summary>
/// Spoils JSON bodies, the same way for the same seed: values swapped, retyped, nested, repeated or taken away where the JSON
/// has its seams, and bytes changed anywhere.
/// </summary>
internal sealed class JsonMutator(int seed, IReadOnlyList<byte[]> bodies)
{
    private const int MostChanges = 6;
    private const int MostBytes = 1 << 20;
    private readonly Random random = new(seed);

    /// <summary>A spoilt copy of one of the bodies.</summary>
    public byte[] Next()
    {
        var body = bodies[random.Next(bodies.Count)];
        for (var changes = random.Next(1, MostChanges + 1); changes > 0 && body.Length < MostBytes; changes--)
            body = random.Next(4) == 0 ? ByteChange.Apply(body, random) : Spliced(body);
        return body;
    }

    private byte[] Spliced(byte[] body)
    {
        var seams = JsonSeams.Of(body);
        return seams.Values.Count == 0 ? ByteChange.Apply(body, random) : SeamChange.Apply(body, seams, random);
    }
}
