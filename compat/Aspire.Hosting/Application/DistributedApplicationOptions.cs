namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The program's arguments: configuration, as <c>--key value</c>.</summary>
    public string[]? Args { get; set; }

    /// <summary>The assembly that describes the application; the program's own when null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the project that describes the application; read from the assembly when null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether there is no status page.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the resources' console lines go to the application's log too.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Taken and without effect: the status page is on loopback only.</summary>
    public bool AllowUnsecuredTransport { get; set; }
}
