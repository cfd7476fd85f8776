using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Healthy when it takes the password and answers a ping.</summary>
internal sealed class RedisHealth(RedisResource redis) : IHealthCheck
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestAnswer);
        try
        {
            var answer = await AskAsync(limit.Token).ConfigureAwait(false);
            return answer == "+PONG" ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus, $"Redis answered '{answer}', expected '+PONG'.");
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(context.Registration.FailureStatus, "Redis does not answer.", fault);
        }
    }

    private async Task<string?> AskAsync(CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancel).ConfigureAwait(false);
        using var reader = new StreamReader(client.GetStream());
        if (redis.PasswordParameter is not null)
        {
            var password = await redis.PasswordParameter.GetValueAsync(cancel).ConfigureAwait(false);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password!)}\r\n{password}\r\n"), cancel).ConfigureAwait(false);
            var taken = await reader.ReadLineAsync(cancel).ConfigureAwait(false);
            if (taken != "+OK")
                return taken;
        }

        await client.GetStream().WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
        return await reader.ReadLineAsync(cancel).ConfigureAwait(false);
    }
}
