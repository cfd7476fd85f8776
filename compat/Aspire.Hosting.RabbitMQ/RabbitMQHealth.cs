using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>Healthy while a connection, which is kept, is open.</summary>
internal sealed class RabbitMQHealth(RabbitMQServerResource server) : IHealthCheck, IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);
    private readonly SemaphoreSlim opening = new(1);
    private IConnection? connection;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (connection is not { IsOpen: true })
                await ReopenAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException)
        {
            return new(context.Registration.FailureStatus, "RabbitMQ does not answer.", fault);
        }
        finally
        {
            opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
        opening.Dispose();
    }

    private async Task ReopenAsync(CancellationToken cancel)
    {
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
        connection = null;
        var factory = new ConnectionFactory
        {
            Uri = new(await server.ConnectionStringExpression.GetValueAsync(cancel).ConfigureAwait(false) ?? ""),
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = LongestAnswer,
            ContinuationTimeout = LongestAnswer,
            ClientProvidedName = "apphost health",
        };
        connection = await factory.CreateConnectionAsync(cancel).ConfigureAwait(false);
    }
}
