using System.Globalization;

namespace Exporter.Ingest.Fuzzing;

/// <summary>How much is tried: <c>EXPORTER_FUZZ_INPUTS</c> bad inputs (20,000 unless told), half at each door, from <c>EXPORTER_FUZZ_SEED</c>.</summary>
internal static class FuzzRun
{
    private const int Workers = 4;
    private const int Doors = 2;

    public static int InputsOfOneDoor { get; } = Setting("EXPORTER_FUZZ_INPUTS", 20_000) / Doors;

    public static int Seed { get; } = Setting("EXPORTER_FUZZ_SEED", 1);

    /// <summary>Runs workers side by side, each with its own seed; a failure says which input it was.</summary>
    public static async Task RunAsync(Func<int, Func<byte[]>> mutatorOfSeed, Func<byte[], int, Task> tryAsync)
    {
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var next = mutatorOfSeed(Seed * Workers + worker);
            for (var i = 0; i < InputsOfOneDoor / Workers; i++)
            {
                var input = next();
                try
                {
                    await tryAsync(input, i);
                }
                catch (Exception e)
                {
                    var file = Path.Combine(Path.GetTempPath(), $"ingest-fuzz-{worker}-{i}.bin");
                    await File.WriteAllBytesAsync(file, input);
                    throw new InvalidOperationException($"Input {i} of worker {worker} failed; it is kept in '{file}'.", e);
                }
            }
        })));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
