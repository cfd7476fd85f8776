using System.Globalization;
using System.Text.Json;

namespace Exporter.Standalone.Boxes;

/// <summary>The smallest report that can be told from another.</summary>
internal static class SmallReport
{
    public static string Document(params IEnumerable<int> numbers) => $$"""{"items":[{{string.Join(',', numbers.Select(Item))}}]}""";

    public static int NumberOf(JsonElement report) => report.GetProperty("cellTowers")[0].GetProperty("cellId").GetInt32();

    private static string Item(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"position":{"latitude":52.5,"longitude":13.4},"cellTowers":[{"radioType":"lte","cellId":{{number}}}]}""");
}
