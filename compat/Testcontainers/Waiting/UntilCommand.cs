using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Waiting;

internal sealed class UntilCommand(IList<string> command) : IWaitUntil
{
    public async Task<bool> UntilAsync(IContainer container) => (await container.ExecAsync(command).ConfigureAwait(false)).ExitCode == 0;
}
