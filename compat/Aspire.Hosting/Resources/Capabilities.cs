namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that takes arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that has nothing to start or stop.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that lives in another.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The other.</summary>
    IResource Parent { get; }
}

/// <summary>A resource that lives in another.</summary>
/// <typeparam name="T">The other's type.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    /// <summary>The other.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
