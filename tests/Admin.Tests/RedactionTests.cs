using System.Collections;
using Exporter.Reports.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Admin.Tests;

public sealed class RedactionTests : AdminFixture
{
    // What alone may be shown as it is. Whoever adds a field to the contract decides here and in RedactedReport.
    private static readonly HashSet<string> Shown =
    [
        "Report.observed_at",
        "Position.accuracy_meters", "Position.heading_degrees", "Position.speed_meters_per_second", "Position.age_milliseconds",
        "Position.source",
        "BluetoothBeacon.age_milliseconds", "BluetoothBeacon.signal_strength_dbm", "BluetoothBeacon.beacon_type",
        "CellTower.radio_type", "CellTower.mobile_country_code", "CellTower.mobile_network_code", "CellTower.mobile_country_code_string",
        "CellTower.mobile_network_code_string", "CellTower.age_milliseconds", "CellTower.asu", "CellTower.serving",
        "CellTower.signal_strength_dbm",
        "WifiAccessPoint.age_milliseconds", "WifiAccessPoint.channel", "WifiAccessPoint.frequency_megahertz",
        "WifiAccessPoint.signal_strength_dbm", "WifiAccessPoint.signal_to_noise_ratio_db",
        "EstimatedDistance.distance_meters", "EstimatedDistance.accuracy_meters",
    ];

    [Fact]
    public async Task No_value_survives_but_those_that_tell_neither_where_nor_whose()
    {
        var original = (Report)Filled(Report.Descriptor);
        var (before, after) = (Leaves(original).ToLookup(leaf => leaf.Field, leaf => leaf.Value),
            Leaves(await RedactedAsync(original)).ToLookup(leaf => leaf.Field, leaf => leaf.Value));

        foreach (var field in before)
        {
            if (Shown.Contains(field.Key))
                after[field.Key].ShouldBe(field, field.Key);
            else
                after[field.Key].ShouldNotContain(value => field.Contains(value), field.Key);
        }

        after.SelectMany(field => field).OfType<string>().ShouldBe(
            ["text of mobile_country_code_string", "text of mobile_network_code_string", "*", "*"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("00:25:9c:cf:1c:ac", "00:25:9c:*")]
    [InlineData("00259CCF1CAC", "00:25:9c:*")]
    [InlineData("00-25-9c-cf-1c-ac", "00:25:9c:*")]
    [InlineData("02:25:9c:cf:1c:ac", "*")]
    [InlineData("00:25:9c:cf:1c", "*")]
    [InlineData("my phone", "*")]
    [InlineData("", "*")]
    public async Task Of_an_address_the_vendor_is_shown_if_it_has_one(string address, string shown)
    {
        var report = new Report { WifiAccessPoints = { new WifiAccessPoint { MacAddress = address } }, BluetoothBeacons = { new BluetoothBeacon { MacAddress = address } } };
        var redacted = await RedactedAsync(report);
        redacted.WifiAccessPoints.Single().MacAddress.ShouldBe(shown);
        redacted.BluetoothBeacons.Single().MacAddress.ShouldBe(shown);
    }

    [Fact]
    public async Task A_position_is_shown_to_a_tenth_of_a_degree()
    {
        var redacted = await RedactedAsync(new Report { Position = new Position { LatitudeDegrees = 48.2084, LongitudeDegrees = -0.0373, AltitudeMeters = 171 } });
        redacted.Position.ShouldBe(new Position { LatitudeDegrees = 48.2, LongitudeDegrees = 0 });
    }

    [Fact]
    public async Task What_was_not_given_is_not_made_up() =>
        (await RedactedAsync(new Report { Position = new Position(), CellTowers = { new CellTower() } }))
            .ShouldBe(new Report { Position = new Position(), CellTowers = { new CellTower() } });

    [Fact]
    public async Task Fields_of_a_later_contract_are_left_out()
    {
        var later = new byte[] { 0xfa, 0x07, 3, (byte)'a', (byte)'b', (byte)'c' };
        var report = Report.Parser.ParseFrom(later);
        report.CalculateSize().ShouldBe(later.Length);
        (await RedactedAsync(report)).CalculateSize().ShouldBe(0);
    }

    private async Task<Report> RedactedAsync(Report report)
    {
        Server.DeadLetters.Add(1, Guid.Parse((await CreateAsync("daily")).Id), report);
        return (await Client.GetDeadLetterAsync(new() { Id = "1" }, cancellationToken: Cancel)).Reports.Single();
    }

    // A value of its own in every field.
    private static IMessage Filled(MessageDescriptor descriptor)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(ValueOf(field));
            else
                field.Accessor.SetValue(message, ValueOf(field));
        }

        return message;
    }

    private static object ValueOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message when field.MessageType == Timestamp.Descriptor => new Timestamp { Seconds = 1_700_000_000 },
        FieldType.Message => Filled(field.MessageType),
        FieldType.Double => field.FieldNumber + 0.1234,
        FieldType.Int64 or FieldType.SInt64 => 1000L + field.FieldNumber,
        FieldType.Enum => 2,
        FieldType.String => $"text of {field.Name}",
        _ => throw new NotSupportedException($"{field.FullName} is of a type that this test does not fill: {field.FieldType}."),
    };

    private static IEnumerable<(string Field, object Value)> Leaves(IMessage message) =>
        from field in message.Descriptor.Fields.InDeclarationOrder()
        where field.IsRepeated || !field.HasPresence || field.Accessor.HasValue(message)
        from value in field.IsRepeated ? ((IList)field.Accessor.GetValue(message)).Cast<object>() : [field.Accessor.GetValue(message)]
        from leaf in value is IMessage inner and not Timestamp ? Leaves(inner) : [($"{field.ContainingType.Name}.{field.Name}", value)]
        select leaf;
}
