namespace Exporter.TestKit.Peers;

/// <summary>What runs scripts of another language: an interpreter, and where it finds what the scripts import.</summary>
/// <param name="Program">The interpreter's path.</param>
/// <param name="Environment">Variables that it is started with, beside those of this process.</param>
public sealed record PeerRuntime(string Program, IReadOnlyDictionary<string, string> Environment);
