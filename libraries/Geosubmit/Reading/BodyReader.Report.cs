using System.Text.Json;
using Exporter.Geosubmit.Coercion;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private Report ReadReport()
    {
        var report = new Report();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(new(null, -1, null, RejectReason.InvalidType, Sentences.NoObject(json.TokenType)));
            json.Skip();
            return report;
        }

        var observed = now;
        var radio = CellRadioType.Unspecified;
        while (NextField(names.Report))
        {
            switch (field.Field)
            {
                case Field.Timestamp: observed = ReadTimestamp(); break;
                case Field.Time: observed = ReadTime(); break;
                case Field.RadioType: radio = ReadCellRadio(); break;
                case Field.Position: report.Position = ReadPosition(); break;
                case Field.BluetoothBeacons: ReadBeacons(report); break;
                case Field.CellTowers: ReadCells(report); break;
                case Field.WifiAccessPoints: ReadWifis(report); break;
                case Field.Carrier: if (Text(out var carrier)) report.Carrier = carrier; else report.ClearCarrier(); break;
                case Field.HomeMobileCountryCode:
                    if (Integer(out var country)) report.HomeMobileCountryCode = country; else report.ClearHomeMobileCountryCode();
                    break;
                case Field.HomeMobileNetworkCode:
                    if (Integer(out var network)) report.HomeMobileNetworkCode = network; else report.ClearHomeMobileNetworkCode();
                    break;
                default: ReadPlace(report.Position ??= new()); break;
            }
        }

        Complete(report, observed, radio);
        return report;
    }

    private readonly void Complete(Report report, long observed, CellRadioType radio)
    {
        report.ObservedAt = new Timestamp { Seconds = observed / 1000, Nanos = (int)(observed % 1000) * 1_000_000 };
        if (flatPosition && report.Position?.CalculateSize() == 0)
            report.Position = null;
        if (radio == CellRadioType.Unspecified)
            return;

        foreach (var cell in report.CellTowers)
        {
            if (cell.RadioType == CellRadioType.Unspecified)
                cell.RadioType = radio;
        }
    }

    private long ReadTimestamp()
    {
        if (IntegerCoercion.TryRead(ref json, out var milliseconds, out var problem))
            return Plausible(milliseconds);
        if (problem is not null && problem != Sentences.BeyondInteger)
            Refuse(problem);
        return now;
    }

    private long ReadTime()
    {
        var said = TextCoercion.TryRead(ref json, out var text, out _) && IsoTime.TryParse(text, out var milliseconds)
            ? milliseconds
            : now;
        return Plausible(said);
    }

    private readonly long Plausible(long milliseconds) =>
        milliseconds is > 1_000_000_000_000 and < 10_000_000_000_000 ? milliseconds : now;
}
