namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>The four kinds of call.</summary>
internal enum CallKind
{
    Unary,
    ClientStreaming,
    ServerStreaming,
    Duplex,
}
