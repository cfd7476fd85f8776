namespace Exporter.Geosubmit;

/// <summary>TestBodies in the shape that today's clients send.</summary>
internal sealed record Sample(string Name, GeosubmitVersion Version, byte[] Body)
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        Load("neostumbler-v2", GeosubmitVersion.V2),
        Load("towercollector-v2", GeosubmitVersion.V2),
        Load("mozstumbler-v1", GeosubmitVersion.V1),
    ];

    private static Sample Load(string name, GeosubmitVersion version)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream(name)!;
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return new(name, version, body);
    }
}
