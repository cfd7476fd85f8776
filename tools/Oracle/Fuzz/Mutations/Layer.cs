namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Where a mutation bites; two of one layer are never put together.</summary>
internal enum Layer
{
    Messages,
    Headers,
    Peer,
    Frames,
}
