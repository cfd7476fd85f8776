namespace Exporter.Ingest.Http;

/// <summary>Why a request failed, in the shape that the old clients know.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Domain">global or usageLimits.</param>
/// <param name="Reason">A fixed word for programs.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record HttpFault(int Status, string Domain, string Reason, string Message)
{
    /// <summary>What of the request can't be read, by kind or by path: <c>details</c> beside <c>error</c>.</summary>
    public HttpFaultDetails? Details { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static HttpFault ParseError(HttpFaultDetails? details = null) =>
        new(StatusCodes.Status400BadRequest, "global", "parseError", "Parse Error") { Details = details };

    public static HttpFault Undecodable(string why) => ParseError(new(why, null));

    public static HttpFault TooLarge(string message) =>
        new(StatusCodes.Status413PayloadTooLarge, "global", "requestTooLarge", message);

    public static HttpFault Unavailable(TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, "global", "serviceUnavailable", "Service Unavailable") { RetryAfter = retryAfter };
}

/// <summary>One of two: why the body is no JSON, or sentences by path.</summary>
internal sealed record HttpFaultDetails(string? Decode, IReadOnlyDictionary<string, string>? Validation);

/// <summary>Ends the reading of a request.</summary>
internal sealed class HttpFaultException(HttpFault fault, Exception? cause = null) : Exception(fault.Message, cause)
{
    public HttpFault Fault { get; } = fault;
}
