namespace Exporter.Ingest.Intake;

/// <summary>What tells a repeat of a request from another one (rule B3).</summary>
/// <param name="Key">As the client gave it.</param>
/// <param name="BodySha256">SHA-256 of the request's unpacked body.</param>
internal sealed record RequestKey(string Key, byte[] BodySha256);
