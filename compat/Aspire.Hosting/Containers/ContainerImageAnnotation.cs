using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
[DebuggerDisplay("{Reference}")]
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The registry; Docker's own when null.</summary>
    public string? Registry { get; set; }

    /// <summary>The image.</summary>
    public required string Image { get; set; }

    /// <summary>The tag; <c>latest</c> when null.</summary>
    public string? Tag { get; set; }

    internal string Reference => $"{(Registry is null ? "" : $"{Registry}/")}{Image}:{Tag ?? "latest"}";
}
