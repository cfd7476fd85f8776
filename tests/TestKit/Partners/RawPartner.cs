using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Exporter.TestKit.Partners;

/// <summary>A partner that speaks no HTTP by itself: a test says what goes over the wire after the handshake of TLS.</summary>
public sealed class RawPartner : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;

    /// <summary>Starts it.</summary>
    /// <param name="certificate">With its key; null to break off instead of the handshake.</param>
    /// <param name="talk">What is said to each caller.</param>
    public RawPartner(X509Certificate2? certificate, Func<Stream, CancellationToken, Task> talk)
    {
        listener.Start();
        serving = ServeAsync(certificate, talk);
    }

    /// <summary>https://localhost:port/</summary>
    public string Url => $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        listener.Dispose();
        over.Dispose();
    }

    private async Task ServeAsync(X509Certificate2? certificate, Func<Stream, CancellationToken, Task> talk)
    {
        var calls = new List<Task>();
        try
        {
            while (true)
                calls.Add(AnswerAsync(await listener.AcceptTcpClientAsync(over.Token), certificate, talk));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task AnswerAsync(TcpClient client, X509Certificate2? certificate, Func<Stream, CancellationToken, Task> talk)
    {
        using (client)
        {
            if (certificate is null)
                return;
            try
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, over.Token);
                await talk(tls, over.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, as it should.
            }
        }
    }
}
