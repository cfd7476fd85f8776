using Exporter.Interop.Stage;
using Exporter.Interop.Suite;

namespace Exporter.Interop;

public sealed class InteropTests(PeerStage stage)
{
    public static TheoryData<string, Peer, Peer> Runs => [.. Run.All.Select(run => (run.Case.Name, run.Pair.Client, run.Pair.Server))];

    [Theory, MemberData(nameof(Runs))]
    public Task A_case_of_the_suite_passes(string name, Peer client, Peer server) =>
        stage.RunAsync(Run.All.Single(run => run.Case.Name == name && run.Pair == new Pair(client, server)));
}
