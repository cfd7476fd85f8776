namespace Exporter.RawHttp2;

/// <summary>A header field, right or wrong.</summary>
public sealed record Field(string Name, string Value)
{
    public override string ToString() => $"{Name}: {(Value.Length > 80 ? Value[..80] + "…" : Value)}";
}
