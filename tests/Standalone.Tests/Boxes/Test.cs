namespace Exporter.Standalone.Boxes;

/// <summary>The test that runs.</summary>
internal static class Test
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
