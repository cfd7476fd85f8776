namespace Grpc.Core;

/// <summary>Requests that a client sends one after another.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that the last request was sent.</summary>
    Task CompleteAsync();
}
