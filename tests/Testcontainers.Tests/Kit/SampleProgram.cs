namespace Exporter.Testcontainers.Tests.Kit;

/// <summary>The built sample, of the configuration that this one was built in.</summary>
internal static class SampleProgram
{
    private const string Own = "Testcontainers.Tests";
    private const string Sample = "Testcontainers.Sample";

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory.Replace($"/{Own}/", $"/{Sample}/", StringComparison.Ordinal), $"Exporter.{Sample}");
}
