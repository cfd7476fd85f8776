using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Values;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Cli.Deliveries;

// Which dead letters a command is about.
internal sealed class DeadLetterChoice(TimeProvider clock)
{
    private const int MostIds = 1000;

    private readonly Argument<string[]> _ids = new("ID") { Description = "Dead letters' ids.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "All that stand there now and that the other options do not leave out." };
    private readonly Option<string> _export = new("--export") { Description = "Only this export's, by name or id." };
    private readonly Option<DateTimeOffset?> _since = MomentOption.Of("--since", "Only those made at this time or later, or in this last time.", clock);
    private readonly Option<DateTimeOffset?> _until = MomentOption.Of("--until", "Only those made before this time, or longer ago.", clock);
    private readonly Option<string> _cause = new("--cause") { Description = "Only those of this cause, the word before the colon of ERROR." };

    public IEnumerable<Symbol> Filters => [_export, _since, _until, _cause];

    public IEnumerable<Symbol> Everything => [_ids, _all, .. Filters];

    public DeadLetterFilter FilterOf(Call call) => new()
    {
        Export = call.Value(_export) ?? "",
        ErrorType = call.Value(_cause) ?? "",
        CreatedFrom = call.Value(_since)?.ToTimestamp(),
        CreatedTo = call.Value(_until)?.ToTimestamp(),
    };

    // Either ids, as many as a request takes at a time, or one filter.
    public IEnumerable<(string[] Ids, DeadLetterFilter? Filter)> Of(Call call)
    {
        var ids = call.Parse.GetValue(_ids) ?? [];
        var isFiltered = call.Value(_all) || Filters.OfType<System.CommandLine.Option>().Any(call.IsGiven);
        if (isFiltered == ids.Length > 0)
            throw new CommandFault("Name dead letters by their ids, or choose them by --export, --since, --until and --cause, or all by --all.");

        return isFiltered ? [([], FilterOf(call))] : ids.Chunk(MostIds).Select(chunk => (chunk, (DeadLetterFilter?)null));
    }
}
