namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application.</summary>
public interface IResource
{
    /// <summary>Its name, unique in the application whatever the case.</summary>
    string Name { get; }

    /// <summary>What is said about it.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
