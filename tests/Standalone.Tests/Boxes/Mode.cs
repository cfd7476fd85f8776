namespace Exporter.Standalone.Boxes;

/// <summary>The two ways to run Exporter, which must not be told apart by what they do.</summary>
public enum Mode
{
    Standalone,
    Services,
}
