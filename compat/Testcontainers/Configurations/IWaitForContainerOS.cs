using System.Text.RegularExpressions;

namespace DotNet.Testcontainers.Configurations;

/// <summary>Collects what is waited for, in order. All of it must come true.</summary>
public interface IWaitForContainerOS
{
    /// <summary>Until something of one's own is so.</summary>
    IWaitForContainerOS AddCustomWaitStrategy(IWaitUntil waitUntil, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until a command ends with 0 in the container.</summary>
    IWaitForContainerOS UntilCommandIsCompleted(params string[] command);

    /// <summary>Until a command line ends with 0 in the container's shell.</summary>
    IWaitForContainerOS UntilCommandIsCompleted(string command, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until somebody listens at a port in the container.</summary>
    IWaitForContainerOS UntilInternalTcpPortIsAvailable(int containerPort, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until somebody listens at the port of this machine that leads to the container's.</summary>
    IWaitForContainerOS UntilExternalTcpPortIsAvailable(int containerPort, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until a line matches a pattern.</summary>
    IWaitForContainerOS UntilMessageIsLogged(string pattern, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until a line matches a pattern.</summary>
    IWaitForContainerOS UntilMessageIsLogged(Regex pattern, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until an HTTP request is answered as wanted.</summary>
    IWaitForContainerOS UntilHttpRequestIsSucceeded(Func<HttpWaitStrategy, HttpWaitStrategy> request, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>Until the image's own check is content; given up after so many failures in a row.</summary>
    IWaitForContainerOS UntilContainerIsHealthy(long failingStreak = 3, Action<IWaitStrategy>? waitStrategyModifier = null);

    /// <summary>What was collected.</summary>
    IEnumerable<WaitStrategy> Build();
}
