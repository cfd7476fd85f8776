using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Exporter.Delivery.Addresses;
using Exporter.Delivery.Answers;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Secrets;
using Exporter.Geosubmit.Bodies;

namespace Exporter.GeosubmitExport.Requests;

/// <summary>Makes one request to a partner: no retry, no redirect, no address unchecked, and an end in time.</summary>
internal sealed class PartnerClient(GuardedHandlers handlers, SecretFolder secrets, TimeSpan timeout, TimeProvider clock)
{
    private static readonly ProductInfoHeaderValue Agent = new("exporter", typeof(PartnerClient).Assembly.GetName().Version!.ToString(3));
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Sends a body and says what the answer means. Faults of network, partner and configuration are answers.</summary>
    /// <param name="export">Whose partner.</param>
    /// <param name="body">gzip JSON; stays the caller's.</param>
    /// <param name="key">The Idempotency-Key, or null.</param>
    /// <param name="progress">Called when bytes moved.</param>
    /// <param name="cancel">The attempt's end.</param>
    public async Task<PartnerAnswer> PostAsync(ExportDefinition export, BodyPart body, string? key, Action progress, CancellationToken cancel)
    {
        var place = PartnerPlace.Of(export);
        using var time = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, time.Token);
        try
        {
            using var request = Request(export, body, key, progress);
            using var http = new HttpMessageInvoker(handlers.Of(export.Settings.AuthoritySecret), disposeHandler: false);

            // The handler returns with the answer's head. What follows it is thrown away with the answer, up to a bound.
            using var answer = await http.SendAsync(request, either.Token);
            progress();
            return HttpOutcomes.Of((int)answer.StatusCode, RetryAfter.Read(HeaderOf(answer), clock), place);
        }
        catch (Exception e) when (NetworkFault.Of(e, place) is { } fault)
        {
            cancel.ThrowIfCancellationRequested();

            // What breaks because the time was up is a timeout, whatever it looks like.
            return new PartnerAnswer.Failed(time.IsCancellationRequested ? NetworkFault.Of(new TimeoutException(), place)! : fault);
        }
    }

    private HttpRequestMessage Request(ExportDefinition export, BodyPart body, string? key, Action progress)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(secrets.ResolveUrl(export.Settings.Url)))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new StreamContent(new BodyPartStream(body, progress)),
        };
        request.Content.Headers.ContentType = Json;
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.UserAgent.Add(Agent);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private static string? HeaderOf(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
}
