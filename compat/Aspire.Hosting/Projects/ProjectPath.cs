namespace Aspire.Hosting;

/// <summary>A project that is named by its file.</summary>
internal sealed record ProjectPath(string Path) : IProjectMetadata
{
    string IProjectMetadata.ProjectPath => Path;
}
