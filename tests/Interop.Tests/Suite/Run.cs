namespace Exporter.Interop.Suite;

/// <summary>A case between a client and a server: whether it can be run, and what must be said beside it.</summary>
internal sealed record Run(SuiteCase Case, Pair Pair)
{
    /// <summary>Every case that is run, with every pair.</summary>
    public static IReadOnlyList<Run> All { get; } =
        [.. SuiteCase.All.SelectMany(each => Pair.All.Select(pair => new Run(each, pair))).Where(run => run.Note is not { IsAbsence: true })];

    /// <summary>What a peer can't do or can't show.</summary>
    public Note? Note => this switch
    {
        { Pair.IsControl: true, Case: { IsClientCompressed: true } or { IsServerCompressed: true } } => Note.NobodySees,
        { Pair.Server: Peer.JavaScript, Case.IsServerCompressed: true } => Note.JavaScriptServersNeverCompress,
        { Pair.Server: not Peer.Ours, Case.IsClientCompressed: true } => Note.ServiceCannotTell,
        { Pair.Client: Peer.Python, Case.Name: "client_compressed_streaming" } => Note.PythonPacksAll,
        { Pair.Client: not Peer.Ours, Case.IsServerCompressed: true } => Note.CallerCannotTell,
        _ => null,
    };
}
