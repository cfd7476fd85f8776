namespace Exporter.Delivery.Addresses;

/// <summary>Sends each request by the handler that trusts an export's authorities as they are now; for clients that live longer than a secret.</summary>
/// <param name="handlers">They stay their owner's.</param>
/// <param name="authoritySecret">Name of the secret; empty for the machine's own authorities.</param>
public sealed class AuthorityHandler(GuardedHandlers handlers, string authoritySecret) : HttpMessageHandler
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var invoker = new HttpMessageInvoker(handlers.Of(authoritySecret), disposeHandler: false);
        return await invoker.SendAsync(request, cancellationToken);
    }
}
