using System.Collections;
using Exporter.Reports.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Exporter.Router.Admin;

// A report without what tells where it was made and whose it is. A field that is not listed here is left out.
internal static class RedactedReport
{
    private const int MacDigits = 12;

    private const int LocallyAdministered = 0x02;

    public static Report Of(Report report) => (Report)Redact(report);

    private static IMessage Redact(IMessage original)
    {
        var redacted = original.Descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in original.Descriptor.Fields.InDeclarationOrder())
        {
            if (RuleFor(field) is not { } rule)
                continue;

            if (field.IsRepeated)
            {
                var items = (IList)field.Accessor.GetValue(redacted);
                foreach (var item in (IList)field.Accessor.GetValue(original))
                    items.Add(rule(item!));
            }
            else if (!field.HasPresence || field.Accessor.HasValue(original))
            {
                field.Accessor.SetValue(redacted, rule(field.Accessor.GetValue(original)));
            }
        }

        return redacted;
    }

    private static Func<object, object>? RuleFor(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}" switch
    {
        "Report.position" or "Report.bluetooth_beacons" or "Report.cell_towers" or "Report.wifi_access_points"
            or "WifiAccessPoint.estimated_distance" => value => Redact((IMessage)value),

        "Position.latitude_degrees" or "Position.longitude_degrees" => value => Rounded((double)value),

        "BluetoothBeacon.mac_address" or "WifiAccessPoint.mac_address" => value => VendorOf((string)value),

        "Report.observed_at"
            or "Position.accuracy_meters" or "Position.heading_degrees" or "Position.speed_meters_per_second"
            or "Position.age_milliseconds" or "Position.source"
            or "BluetoothBeacon.age_milliseconds" or "BluetoothBeacon.signal_strength_dbm" or "BluetoothBeacon.beacon_type"
            or "CellTower.radio_type" or "CellTower.mobile_country_code" or "CellTower.mobile_network_code"
            or "CellTower.mobile_country_code_string" or "CellTower.mobile_network_code_string"
            or "CellTower.age_milliseconds" or "CellTower.asu" or "CellTower.serving" or "CellTower.signal_strength_dbm"
            or "WifiAccessPoint.age_milliseconds" or "WifiAccessPoint.channel" or "WifiAccessPoint.frequency_megahertz"
            or "WifiAccessPoint.signal_strength_dbm" or "WifiAccessPoint.signal_to_noise_ratio_db"
            or "EstimatedDistance.distance_meters" or "EstimatedDistance.accuracy_meters" => value => value,

        _ => null,
    };

    // About 11 km from south to north. The sum makes -0 plain 0.
    private static double Rounded(double degrees) => Math.Round(degrees, 1) + 0.0;

    // The half that tells the maker. An address that a device made up for itself has no such half.
    private static string VendorOf(string address)
    {
        var digits = string.Concat(address.Where(char.IsAsciiHexDigit)).ToLowerInvariant();
        return digits.Length == MacDigits && (Convert.ToByte(digits[..2], 16) & LocallyAdministered) == 0
            ? $"{digits[..2]}:{digits[2..4]}:{digits[4..6]}:*"
            : "*";
    }
}
