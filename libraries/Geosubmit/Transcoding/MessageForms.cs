namespace Exporter.Geosubmit.Transcoding;

/// <summary>The fields of each message by number, as <c>protos/exporter/report/v1/report.proto</c> has them.</summary>
internal static class MessageForms
{
    /// <summary>What follows the networks in a report.</summary>
    public static readonly FieldForm?[] Home =
    [
        null, null, null, null, null, null,
        FieldForm.Text("carrier"), FieldForm.Integer("homeMobileCountryCode"), FieldForm.Integer("homeMobileNetworkCode"),
    ];

    public static readonly FieldForm?[] Position =
    [
        null,
        FieldForm.Number("latitude"), FieldForm.Number("longitude"), FieldForm.Number("accuracy"), FieldForm.Number("altitude"),
        FieldForm.Number("altitudeAccuracy"), FieldForm.Number("heading"), FieldForm.Number("pressure"), FieldForm.Number("speed"),
        FieldForm.ZigZag("age"), FieldForm.Source("source"),
    ];

    public static readonly FieldForm?[] Beacon =
    [
        null,
        FieldForm.Text("macAddress"), FieldForm.ZigZag("age"), FieldForm.Text("name"), FieldForm.ZigZag("signalStrength"),
        FieldForm.Integer("beaconType"), FieldForm.Text("id1"), FieldForm.Text("id2"), FieldForm.Text("id3"),
    ];

    public static readonly FieldForm?[] Cell =
    [
        null,
        FieldForm.CellRadio("radioType"), FieldForm.Integer("mobileCountryCode"), FieldForm.Integer("mobileNetworkCode"),
        FieldForm.Integer("locationAreaCode"), FieldForm.Integer("cellId"), FieldForm.ZigZag("age"), FieldForm.ZigZag("asu"),
        FieldForm.Integer("primaryScramblingCode"), FieldForm.Integer("serving"), FieldForm.ZigZag("signalStrength"),
        FieldForm.Integer("timingAdvance"), FieldForm.Integer("arfcn"), FieldForm.Text("mobileCountryCodeStr"),
        FieldForm.Text("mobileNetworkCodeStr"),
    ];

    public static readonly FieldForm?[] Wifi =
    [
        null,
        FieldForm.Text("macAddress"), FieldForm.ZigZag("age"), FieldForm.Integer("channel"), FieldForm.Integer("frequency"),
        FieldForm.ZigZag("signalStrength"), FieldForm.ZigZag("signalToNoiseRatio"), FieldForm.Text("radioType"), FieldForm.Text("ssid"),
        FieldForm.EstimatedDistance("estimatedDistance"),
    ];

    public static readonly FieldForm?[] EstimatedDistance =
    [
        null, FieldForm.Number("distance"), FieldForm.Number("accuracy"), FieldForm.Text("type"),
    ];
}
