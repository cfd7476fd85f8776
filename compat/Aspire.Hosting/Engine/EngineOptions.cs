using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Engine;

/// <summary>What the stand-in can be told beyond the original, in the section <c>AppHost</c>.</summary>
internal sealed record EngineOptions
{
    public const string Section = "AppHost";

    /// <summary>Where volumes and generated values lie, from the application's folder.</summary>
    public string DataFolder { get; init; } = ".data";

    /// <summary>How long a resource may take to stop before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>Whether what died is started again.</summary>
    public bool Restart { get; init; } = true;

    /// <summary>Whether containers are taken where their images are at hand.</summary>
    public bool Containers { get; init; } = true;

    public static EngineOptions Read(IDistributedApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(Section).Get<EngineOptions>() ?? new();
        return options with { DataFolder = Path.GetFullPath(options.DataFolder, builder.AppHostDirectory) };
    }
}
