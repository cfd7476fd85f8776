using System.Text.RegularExpressions;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Waiting;

/// <summary>Only what was said since the latest start counts.</summary>
internal sealed class UntilMessage(Regex pattern) : IWaitUntil
{
    public async Task<bool> UntilAsync(IContainer container)
    {
        var (output, errors) = await container.GetLogsAsync(since: container.StartedTime, timestampsEnabled: false).ConfigureAwait(false);
        return pattern.IsMatch(output) || pattern.IsMatch(errors);
    }
}
