namespace Grpc.Core;

/// <summary>Responses that a server sends one after another.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
