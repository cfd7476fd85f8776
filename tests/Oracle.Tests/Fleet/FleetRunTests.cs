using System.Globalization;

namespace Exporter.Oracle.Fleet;

[Collection("One process at a time")]
public sealed class FleetRunTests
{
    private const int Rounds = 4;

    [Fact]
    public async Task Whatever_service_dies_and_whatever_server_goes_away_each_acknowledged_report_arrives_once()
    {
        var asked = Environment.GetEnvironmentVariable("EXPORTER_ORACLE_FLEET_ROUNDS");
        var options = new FleetOptions
        {
            Rounds = asked is null ? Rounds : int.Parse(asked, CultureInfo.InvariantCulture),
            Instances = asked is null ? [2] : FleetOptions.Turns,
            Seed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            KeepsFailed = true,
        };

        using var said = new StringWriter();
        var isWell = await new FleetRun(options, said, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        // What went wrong in a run that passes is to be seen in the log, too.
        await Console.Out.WriteLineAsync(said.ToString());
        isWell.ShouldBeTrue(said.ToString());
    }
}
