namespace Exporter.Ingest.Http;

/// <summary>Answers to requests that carry no reports.</summary>
internal static class MethodAnswer
{
    private const string Allowed = "GET, HEAD, POST, OPTIONS";

    public static Task WriteAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsOptions(method))
            return Preflight(http.Response);
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            return HttpAnswer.WriteAsync(http.Response, HttpFault.ParseError());

        http.Response.Headers.Allow = Allowed;
        return HttpAnswer.WriteAsync(http.Response, new HttpFault(
            StatusCodes.Status405MethodNotAllowed, "global", "methodNotAllowed", "Reports are sent with POST."));
    }

    private static Task Preflight(HttpResponse response)
    {
        response.Headers.AccessControlAllowMethods = Allowed;
        response.Headers.AccessControlAllowHeaders = "Content-Type, Content-Encoding, Idempotency-Key";
        response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
