namespace Aspire.Hosting.ApplicationModel;

/// <summary>What stands behind a folder of a container.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of this machine.</summary>
    BindMount = 0,

    /// <summary>A named volume.</summary>
    Volume = 1,
}
