using System.Globalization;

namespace Exporter.Clients.Runs;

/// <summary>Reports as the clients read them: protobuf's JSON form, one a line, told apart by their cell.</summary>
internal static class Line
{
    public static string Of(params IEnumerable<int> numbers) => string.Concat(numbers.Select(number => Text(number, latitude: 52.5)));

    public static string Outside(int number) => Text(number, latitude: 95);

    private static string Text(int number, double latitude) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"position":{"latitudeDegrees":{{{latitude}}},"longitudeDegrees":13.4},"cellTowers":[{"radioType":"CELL_RADIO_TYPE_LTE","cellId":{{{number}}}}]}{{{"\n"}}}""");
}
