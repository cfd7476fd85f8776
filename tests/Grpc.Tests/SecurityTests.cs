using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Exporter.Echo.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Exporter.Grpc;

public sealed class SecurityTests
{
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add("mirror-token", "t");
        return Task.CompletedTask;
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_go_over_TLS_with_a_client_certificate_and_credentials()
    {
        using var certificate = SelfSigned();
        await using var server = await EchoServer.StartAsync(listen: listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate, tls =>
            {
                tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                tls.ClientCertificateValidation = (offered, _, _) => offered.Thumbprint == certificate.Thumbprint;
            });
        });
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, offered, _, _) => offered?.GetCertHashString() == certificate.Thumbprint;
        handler.SslOptions.ClientCertificates = [certificate];
        using var channel = GrpcChannel.ForAddress(server.Address, new()
        {
            HttpHandler = handler,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, Token),
        });

        using var call = new EchoService.EchoServiceClient(channel).SayAsync(new() { Text = "metadata" }, cancellationToken: Cancel);

        (await call.ResponseHeadersAsync).GetValue("mirror-token").ShouldBe("t");
        (await call).Text.ShouldBe("metadata");
    }

    [Fact]
    public async Task Credentials_do_not_go_over_an_open_line_unless_forced()
    {
        await using var server = await EchoServer.StartAsync();
        using var forced = GrpcChannel.ForAddress(server.Address, new() { UnsafeUseInsecureChannelCallCredentials = true });
        var options = new CallOptions(cancellationToken: Cancel, credentials: Token);
        var request = new SayRequest { Text = "metadata" };

        using var refused = server.Client.SayAsync(request, options);
        using var sent = new EchoService.EchoServiceClient(forced).SayAsync(request, options);

        (await Should.ThrowAsync<RpcException>(refused.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Internal);
        (await sent.ResponseHeadersAsync).GetValue("mirror-token").ShouldBe("t");
    }

    [Fact]
    public void Credentials_must_fit_the_address()
    {
        var secure = new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl };
        var insecure = new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure };
        Should.Throw<InvalidOperationException>(() => GrpcChannel.ForAddress("http://localhost", secure));
        Should.Throw<InvalidOperationException>(() => GrpcChannel.ForAddress("https://localhost", insecure));
        Should.Throw<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
