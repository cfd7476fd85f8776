namespace DotNet.Testcontainers.Containers;

/// <summary>A container with a database.</summary>
public interface IDatabaseContainer : IContainer
{
    /// <summary>How clients reach it.</summary>
    string GetConnectionString();
}
