namespace Grpc.Core;

/// <summary>A way to a server.</summary>
public abstract class ChannelBase
{
    /// <summary>Makes the base of a channel.</summary>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The server's name.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker for calls over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Closes the channel, where the channel can.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
