namespace Exporter.S3Export.Buckets;

/// <summary>Takes the address out of redirects, because the SDK follows them whatever its client is told: a redirect is an outcome here.</summary>
internal sealed class RedirectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        answer.Headers.Location = null;
        return answer;
    }
}
