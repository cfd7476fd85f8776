using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Configurations;

/// <summary>Something that comes true.</summary>
public interface IWaitUntil
{
    /// <summary>Whether it is so now.</summary>
    Task<bool> UntilAsync(IContainer container);
}
