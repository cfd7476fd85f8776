namespace Exporter.Delivery.Keys;

/// <summary>Of how many addresses used an API key on one day, what it takes to estimate it; the addresses are not in it.</summary>
/// <param name="Key">A known API key.</param>
/// <param name="Day">UTC.</param>
/// <param name="Registers">Of a HyperLogLog, a byte each.</param>
public sealed record UserSketch(string Key, DateOnly Day, ReadOnlyMemory<byte> Registers);
