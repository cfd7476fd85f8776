using System.Text.Json;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private void ReadBeacons(Report report)
    {
        report.BluetoothBeacons.Clear();
        for (EnterArray(); NextItem();)
        {
            var beacon = ReadBeacon();
            if (beacon.HasMacAddress && HasRoom(report))
                report.BluetoothBeacons.Add(beacon);
        }
    }

    private void ReadCells(Report report)
    {
        report.CellTowers.Clear();
        for (EnterArray(); NextItem();)
        {
            var cell = ReadCell();
            if (HasRoom(report))
                report.CellTowers.Add(cell);
        }
    }

    private void ReadWifis(Report report)
    {
        report.WifiAccessPoints.Clear();
        for (EnterArray(); NextItem();)
        {
            var wifi = ReadWifi();
            if (wifi.HasMacAddress && HasRoom(report))
                report.WifiAccessPoints.Add(wifi);
        }
    }

    private void EnterArray()
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            container = field.Name;
            return;
        }

        Refuse(Sentences.NotIterable(json.TokenType));
        json.Skip();
    }

    private bool NextItem()
    {
        if (container is null)
            return false;

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            item++;
            if (json.TokenType == JsonTokenType.StartObject)
                return true;
            errors.Add(new(container, item, null, RejectReason.InvalidType, Sentences.NoObject(json.TokenType)));
            json.Skip();
        }

        (container, item) = (null, -1);
        return false;
    }

    private readonly bool HasRoom(Report report)
    {
        if (report.BluetoothBeacons.Count + report.CellTowers.Count + report.WifiAccessPoints.Count < GeosubmitReader.MaxNetworks)
            return true;

        errors.Add(new(null, -1, container, RejectReason.TooManyNetworks, Sentences.TooManyNetworks));
        return false;
    }
}
