using Microsoft.AspNetCore.Http.Features;

namespace Exporter.Ingest.Http;

/// <summary>Reads a request's body within its limits, unpacks it, and gives it as UTF-8.</summary>
internal sealed class RequestBody(IngestOptions options, ByteBudget budget)
{
    private readonly int most = options.Limits.MaxBodyBytes;
    private readonly int mostUnpacked = options.Limits.MaxUnpackedBytes;

    private readonly string tooLarge = $"A body has at most {options.Limits.MaxBodyBytes} bytes. Send fewer reports at once.";
    private readonly string tooLargeUnpacked =
        $"A body has at most {options.Limits.MaxUnpackedBytes} bytes when it is unpacked. Send fewer reports at once.";

    public async Task<PooledBody> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        // This class has the limit; Kestrel's own would close the connection before the answer is read.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
        if (request.ContentLength > most)
            throw new HttpFaultException(HttpFault.TooLarge(tooLarge));

        var body = new PooledBody(budget, most, tooLarge);
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancel);
                foreach (var part in read.Buffer)
                    body.Append(part.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public PooledBody Unpack(HttpRequest request, PooledBody received)
    {
        if (Packing.Of(request.Headers.ContentEncoding) is not { } open)
            return received;
        return Convert(received, open);
    }

    public PooledBody ToUtf8(HttpRequest request, PooledBody unpacked)
    {
        if (Charset.Of(request.ContentType) is not { } transcode)
            return unpacked;
        return Convert(unpacked, transcode);
    }

    private PooledBody Convert(PooledBody from, Func<Stream, Stream> open)
    {
        var to = new PooledBody(budget, mostUnpacked, tooLargeUnpacked);
        try
        {
            using var bytes = from.OpenRead();
            using var stream = open(bytes);
            to.Append(stream);
            return to;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            to.Dispose();
            throw new HttpFaultException(HttpFault.Undecodable($"The body can't be unpacked: {e.Message}"), e);
        }
        catch
        {
            to.Dispose();
            throw;
        }
        finally
        {
            from.Dispose();
        }
    }
}
