namespace Exporter.Testcontainers.Tests.Kit;

/// <summary>A folder that goes with the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("containers-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
