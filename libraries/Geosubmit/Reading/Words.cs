using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

/// <summary>The fixed words of the format, in lower case; any other word means nothing.</summary>
internal static class Words
{
    public static PositionSource Source(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("gnss"u8) || word.SequenceEqual("gps"u8) => PositionSource.Gnss,
        _ when word.SequenceEqual("fused"u8) => PositionSource.Fused,
        _ when word.SequenceEqual("fixed"u8) || word.SequenceEqual("manual"u8) => PositionSource.Fixed,
        _ when word.SequenceEqual("query"u8) => PositionSource.Query,
        _ => PositionSource.Unspecified,
    };

    public static CellRadioType CellRadio(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("gsm"u8) => CellRadioType.Gsm,
        _ when word.SequenceEqual("cdma"u8) => CellRadioType.Cdma,
        _ when word.SequenceEqual("wcdma"u8) || word.SequenceEqual("umts"u8) => CellRadioType.Wcdma,
        _ when word.SequenceEqual("lte"u8) => CellRadioType.Lte,
        _ when word.SequenceEqual("nr"u8) => CellRadioType.Nr,
        _ => CellRadioType.Unspecified,
    };
}
