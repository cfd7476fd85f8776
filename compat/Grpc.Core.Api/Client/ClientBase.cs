using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>The base of generated clients, without their type.</summary>
public abstract class ClientBase
{
    /// <summary>Makes a client that can't call, for test doubles.</summary>
    protected ClientBase() => Configuration = new(new UnimplementedCallInvoker(), null);

    /// <summary>Makes a client of a configuration.</summary>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
    }

    /// <summary>Makes a client over a channel.</summary>
    protected ClientBase(ChannelBase channel) : this(new ClientBaseConfiguration(channel.CreateCallInvoker(), null))
    {
    }

    /// <summary>Makes a client over an invoker.</summary>
    protected ClientBase(CallInvoker callInvoker) : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>What makes the calls.</summary>
    protected CallInvoker CallInvoker => Configuration.CreateDecoratedCallInvoker();

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>What a client is made of, so that one can be made of another.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _undecorated;
        private readonly CallInvoker _decorated;

        internal ClientBaseConfiguration(CallInvoker undecorated, string? host)
        {
            ArgumentNullException.ThrowIfNull(undecorated);
            _undecorated = undecorated;
            _decorated = host is null ? undecorated : undecorated.Intercept(new HostInterceptor(host));
        }

        internal CallInvoker CreateDecoratedCallInvoker() => _decorated;

        internal ClientBaseConfiguration WithHost(string host) => new(_undecorated, host);
    }
}
