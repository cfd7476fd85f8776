using System.Text.RegularExpressions;
using DotNet.Testcontainers.Waiting;

namespace DotNet.Testcontainers.Configurations;

/// <inheritdoc />
internal sealed class WaitForContainerUnix : IWaitForContainerOS
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);
    private readonly List<WaitStrategy> strategies = [];

    public IWaitForContainerOS AddCustomWaitStrategy(IWaitUntil waitUntil, Action<IWaitStrategy>? waitStrategyModifier = null)
    {
        var strategy = new WaitStrategy(waitUntil);
        waitStrategyModifier?.Invoke(strategy);
        strategies.Add(strategy);
        return this;
    }

    public IWaitForContainerOS UntilCommandIsCompleted(params string[] command) => AddCustomWaitStrategy(new UntilCommand(command));

    public IWaitForContainerOS UntilCommandIsCompleted(string command, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(new UntilCommand(["/bin/sh", "-c", command]), waitStrategyModifier);

    public IWaitForContainerOS UntilInternalTcpPortIsAvailable(int containerPort, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(new UntilInternalPort(containerPort), waitStrategyModifier);

    public IWaitForContainerOS UntilExternalTcpPortIsAvailable(int containerPort, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(new UntilExternalPort(containerPort), waitStrategyModifier);

    public IWaitForContainerOS UntilMessageIsLogged(string pattern, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        UntilMessageIsLogged(new Regex(pattern, RegexOptions.None, LongestMatch), waitStrategyModifier);

    public IWaitForContainerOS UntilMessageIsLogged(Regex pattern, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(new UntilMessage(pattern), waitStrategyModifier);

    public IWaitForContainerOS UntilHttpRequestIsSucceeded(Func<HttpWaitStrategy, HttpWaitStrategy> request, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(request(new HttpWaitStrategy()), waitStrategyModifier);

    public IWaitForContainerOS UntilContainerIsHealthy(long failingStreak = 3, Action<IWaitStrategy>? waitStrategyModifier = null) =>
        AddCustomWaitStrategy(new UntilHealthy(failingStreak), waitStrategyModifier);

    public IEnumerable<WaitStrategy> Build() => strategies;
}
