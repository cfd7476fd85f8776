using Exporter.Bench.V1;
using Google.Protobuf;

namespace Exporter.Bench.Calls;

/// <summary>Seeded messages, and what a right answer to each is: the same for every server that is measured.</summary>
internal static class Readings
{
    private const int Count = 4096;

    public static IReadOnlyList<Reading> Pool { get; } = [.. Enumerable.Range(0, Count).Select(Make)];

    /// <summary>Checks as a service would; null when the sum is not that of the signals.</summary>
    public static Verdict? Judge(Reading reading)
    {
        long sum = 0;
        foreach (var signal in reading.SignalsDbm)
            sum += signal;
        return sum == reading.Sum && reading.SignalsDbm.Count > 0
            ? new() { Id = reading.Id, Station = reading.Station, MeanDbm = (double)sum / reading.SignalsDbm.Count }
            : null;
    }

    public static void Verify(Reading reading, Verdict verdict)
    {
        var mean = (double)reading.Sum / reading.SignalsDbm.Count;
        if (verdict.Id != reading.Id || verdict.Station != reading.Station || verdict.MeanDbm != mean)
            throw new InvalidOperationException($"Reading {reading.Id} was answered by {verdict.Id}, mean {verdict.MeanDbm}, not {mean}.");
    }

    public static double MeanBytes() => Pool.Average(reading => reading.CalculateSize());

    private static Reading Make(int index)
    {
        var random = new Random(index);
        var reading = new Reading
        {
            Id = (ulong)index,
            Station = Convert.ToHexStringLower(Bytes(random, 6 + (index % 5))),
            LatitudeDegrees = (random.NextDouble() * 180) - 90,
            LongitudeDegrees = (random.NextDouble() * 360) - 180,
            ObservedAtMillis = (ulong)random.NextInt64(1_700_000_000_000, 1_800_000_000_000),
        };
        for (var i = 0; i < 16 + (index % 17); i++)
            reading.SignalsDbm.Add(random.Next(-110, -20));
        reading.Sum = reading.SignalsDbm.Sum();
        return reading;
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
