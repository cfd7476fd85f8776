using Exporter.Standalone.Boxes;

namespace Exporter.Clients.Runs;

/// <summary>What the export <c>all</c> of a box holds in the end.</summary>
internal static class Arrivals
{
    private const int Last = 1_000_000;

    /// <summary>Each number once, and nothing else: what is sent last is delivered last, so nothing comes after it.</summary>
    public static async Task ShouldBeOnceAsync(Box box, IEnumerable<int> numbers)
    {
        await box.SubmitAsync(Last);
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldContain(Last));
        box.ObjectsOf("all").Numbers().ShouldBe(numbers.Append(Last));
    }
}
