using System.Globalization;

namespace Exporter.Oracle;

[Collection("One process at a time")]
public sealed class OracleRunTests
{
    private const int Rounds = 50;

    [Fact]
    public async Task Whatever_kills_it_each_acknowledged_report_arrives_once_and_no_other_ever()
    {
        var asked = Environment.GetEnvironmentVariable("EXPORTER_ORACLE_ROUNDS");
        var options = new OracleOptions
        {
            Rounds = asked is null ? Rounds : int.Parse(asked, CultureInfo.InvariantCulture),
            Seed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            KeepsFailed = true,
        };

        using var said = new StringWriter();
        var isWell = await new OracleRun(options, said, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        // The kills in each window are to be seen in the log of a run that passes, too.
        await Console.Out.WriteLineAsync(said.ToString());
        isWell.ShouldBeTrue(said.ToString());
    }
}
