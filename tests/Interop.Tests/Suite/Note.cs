namespace Exporter.Interop.Suite;

/// <summary>A footnote of the table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsAbsence">Whether it says why a case is not run.</param>
internal sealed record Note(string Text, bool IsAbsence = false)
{
    public static Note ServiceCannotTell { get; } = new(
        "The peer's service is not shown whether a request came compressed, so the probing call is left out; the flags are read from the frames as our client sends them.");

    public static Note CallerCannotTell { get; } = new(
        "The peer's caller is not shown whether a response came compressed; the flags are read from the frames as our server sends them.");

    public static Note PythonPacksAll { get; } = new(
        "grpcio's client can't exempt one message of a stream from compression; it sends uncompressed what gzip does not make smaller, so that message holds random bytes.");

    public static Note JavaScriptServersNeverCompress { get; } = new("Not run: grpc-js's server compresses nothing.", IsAbsence: true);

    public static Note NobodySees { get; } = new("Not run: neither side shows what came compressed.", IsAbsence: true);
}
