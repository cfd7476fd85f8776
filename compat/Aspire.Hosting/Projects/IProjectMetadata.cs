using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A project that the application is made of. The types in <c>Projects</c> are such.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Its project file.</summary>
    string ProjectPath { get; }
}
