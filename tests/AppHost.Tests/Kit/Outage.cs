using System.Net;
using System.Net.Sockets;
using Compat.Processes;

namespace Exporter.AppHost.Tests.Kit;

/// <summary>A server that was stopped, and is kept from coming back: somebody else is at its port until the end.</summary>
internal sealed class Outage : IAsyncDisposable
{
    private readonly TcpListener squatter;
    private readonly Task turningAway;

    private Outage(TcpListener squatter)
    {
        this.squatter = squatter;
        turningAway = TurnAwayAsync();
    }

    public static async Task<Outage> BeginAsync(ApplicationProcess application, string server, Signal signal)
    {
        var row = await application.OneAsync(server);
        Compat.Processes.Signals.ToProcess(int.Parse(row.Runs!["process ".Length..]), signal).ShouldBeTrue();
        var squatter = new TcpListener(IPAddress.Loopback, new Uri(row.Urls.First(url => url.Name == "tcp").Url).Port);
        await Eventually.SucceedsAsync(() =>
        {
            squatter.Start();
            return Task.CompletedTask;
        });
        return new(squatter);
    }

    public async ValueTask DisposeAsync()
    {
        squatter.Stop();
        await turningAway;
    }

    private async Task TurnAwayAsync()
    {
        try
        {
            while (true)
                (await squatter.AcceptSocketAsync()).Dispose();
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The outage is over.
        }
    }
}
