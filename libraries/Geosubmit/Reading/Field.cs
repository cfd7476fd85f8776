namespace Exporter.Geosubmit.Reading;

internal enum Field : byte
{
    Items,

    Timestamp,
    Time,
    Position,
    BluetoothBeacons,
    CellTowers,
    WifiAccessPoints,
    Carrier,
    HomeMobileCountryCode,
    HomeMobileNetworkCode,
    RadioType,

    Latitude,
    Longitude,
    Accuracy,
    Altitude,
    AltitudeAccuracy,
    Heading,
    Pressure,
    Speed,
    Source,

    Age,
    SignalStrength,

    MacAddress,
    Name,
    BeaconType,
    Id1,
    Id2,
    Id3,

    MobileCountryCode,
    MobileNetworkCode,
    LocationAreaCode,
    CellId,
    Asu,
    PrimaryScramblingCode,
    Serving,
    TimingAdvance,
    Arfcn,
    MobileCountryCodeString,
    MobileNetworkCodeString,

    Channel,
    Frequency,
    SignalToNoiseRatio,
    Ssid,
    EstimatedDistance,

    Distance,
    DistanceType,
}
