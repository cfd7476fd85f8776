namespace Exporter.Samples;

// SplitMix64: the same numbers on every machine and in every version of .NET.
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double from, double to) => from + (NextDouble() * (to - from));

    public int Between(int from, int to) => from + (int)(NextBits() % (uint)(to - from));

    public bool Chance(double share) => NextDouble() < share;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)(NextBits() % (uint)choices.Count)];

    public static SeededRandom For(int a, int b, int c, int d) =>
        new(Mix((((ulong)(uint)a << 32) | (uint)b) ^ Mix(((ulong)(uint)c << 32) | (uint)d)));

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
