using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private CellTower ReadCell()
    {
        var cell = new CellTower();
        while (NextField(names.Cell))
        {
            switch (field.Field)
            {
                case Field.RadioType: cell.RadioType = ReadCellRadio(); break;
                case Field.MobileCountryCode:
                    if (Integer(out var mcc)) cell.MobileCountryCode = mcc; else cell.ClearMobileCountryCode();
                    break;
                case Field.MobileNetworkCode:
                    if (Integer(out var mnc)) cell.MobileNetworkCode = mnc; else cell.ClearMobileNetworkCode();
                    break;
                case Field.LocationAreaCode:
                    if (Integer(out var lac)) cell.LocationAreaCode = lac; else cell.ClearLocationAreaCode();
                    break;
                case Field.CellId: if (Integer(out var id)) cell.CellId = id; else cell.ClearCellId(); break;
                case Field.Age: if (Integer(out var age)) cell.AgeMilliseconds = age; else cell.ClearAgeMilliseconds(); break;
                case Field.Asu: if (Integer(out var asu)) cell.Asu = asu; else cell.ClearAsu(); break;
                case Field.PrimaryScramblingCode:
                    if (Integer(out var psc)) cell.PrimaryScramblingCode = psc; else cell.ClearPrimaryScramblingCode();
                    break;
                case Field.Serving: if (Integer(out var serving)) cell.Serving = serving; else cell.ClearServing(); break;
                case Field.SignalStrength:
                    if (Integer(out var dbm)) cell.SignalStrengthDbm = dbm; else cell.ClearSignalStrengthDbm();
                    break;
                case Field.TimingAdvance: if (Integer(out var ta)) cell.TimingAdvance = ta; else cell.ClearTimingAdvance(); break;
                case Field.Arfcn: if (Integer(out var arfcn)) cell.Arfcn = arfcn; else cell.ClearArfcn(); break;
                case Field.MobileCountryCodeString:
                    if (AnyText(out var country)) cell.MobileCountryCodeString = country; else cell.ClearMobileCountryCodeString();
                    break;
                default:
                    if (AnyText(out var network)) cell.MobileNetworkCodeString = network; else cell.ClearMobileNetworkCodeString();
                    break;
            }
        }

        return cell;
    }
}
