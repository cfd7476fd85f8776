using Compat.Servers;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.RabbitMq;

/// <summary>This machine's RabbitMQ in the place of the image <c>rabbitmq</c>.</summary>
internal sealed class RabbitMqProgram(RabbitMqConfiguration configuration) : IContainerProgram
{
    private const ushort ManagementPort = 15672;
    private readonly RabbitMQProgram server = new("rabbit", _ => new(configuration.Username), _ => new(configuration.Password));

    public string Repository => "rabbitmq";

    public IReadOnlyDictionary<ushort, string> Endpoints { get; } = new Dictionary<ushort, string>
    {
        [RabbitMqBuilder.RabbitMqPort] = ServerContext.Primary,
        [ManagementPort] = ServerContext.Management,
    };

    public bool Knows(string variable) =>
        variable is "RABBITMQ_DEFAULT_USER" or "RABBITMQ_DEFAULT_PASS" || !variable.StartsWith("RABBITMQ_", StringComparison.Ordinal);

    public string? Missing() => server.Missing();

    public async Task<ContainerPlan> PrepareAsync(ContainerConfiguration described, ServerContext context, CancellationToken cancel)
    {
        if (context.Arguments.Count > 0)
            throw new NotSupportedException($"Testcontainers (stand-in): the RabbitMQ of this machine can't be given the command '{string.Join(' ', context.Arguments)}'. Have the image at hand.");

        var launch = await server.PrepareAsync(context, cancel).ConfigureAwait(false);
        return new(launch, new Dictionary<string, string>(launch.Environment)
        {
            // Beside the server lie the tools that do not change user.
            ["PATH"] = $"{Path.GetDirectoryName(launch.Command)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["RABBITMQ_CTL_ERL_ARGS"] = "-start_epmd false",
        });
    }
}
