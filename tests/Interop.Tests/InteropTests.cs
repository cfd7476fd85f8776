using Exporter.Interop.Stage;
using Exporter.Interop.Suite;

namespace Exporter.Interop;

public sealed class InteropTests(PeerStage stage)
{
    public static TheoryData<string, Peer, Peer, Transport> Runs =>
        [.. Run.All.SelectMany(run => Enum.GetValues<Transport>().Select(transport => (run.Case.Name, run.Pair.Client, run.Pair.Server, transport)))];

    [Theory, MemberData(nameof(Runs))]
    public Task A_case_of_the_suite_passes(string name, Peer client, Peer server, Transport transport) =>
        stage.RunAsync(Run.All.Single(run => run.Case.Name == name && run.Pair == new Pair(client, server)), transport);
}
