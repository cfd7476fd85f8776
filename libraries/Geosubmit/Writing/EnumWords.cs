using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <summary>Enum values as JSON strings; empty where there is no word.</summary>
internal static class EnumWords
{
    public static ReadOnlySpan<byte> Of(PositionSource source) => source switch
    {
        PositionSource.Gnss => "\"gnss\""u8,
        PositionSource.Fused => "\"fused\""u8,
        PositionSource.Fixed => "\"fixed\""u8,
        PositionSource.Query => "\"query\""u8,
        _ => [],
    };

    public static ReadOnlySpan<byte> Of(CellRadioType radio) => radio switch
    {
        CellRadioType.Gsm => "\"gsm\""u8,
        CellRadioType.Cdma => "\"cdma\""u8,
        CellRadioType.Wcdma => "\"wcdma\""u8,
        CellRadioType.Lte => "\"lte\""u8,
        CellRadioType.Nr => "\"nr\""u8,
        _ => [],
    };
}
