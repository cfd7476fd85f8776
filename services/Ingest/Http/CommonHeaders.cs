namespace Exporter.Ingest.Http;

/// <summary>Headers of every answer.</summary>
internal static class CommonHeaders
{
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlMaxAge = "2592000";
        headers.AccessControlExposeHeaders = "Retry-After";
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers.XContentTypeOptions = "nosniff";
    }
}
