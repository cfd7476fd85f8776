using Exporter.Ingest.Intake;

namespace Exporter.Ingest.Http;

/// <summary>How a refusal is said over HTTP (rule I3).</summary>
internal static class HttpRefusals
{
    public static HttpFault Of(Refusal refusal) => refusal switch
    {
        Refusal.Busy busy => HttpFault.Unavailable(busy.Store.RetryAfter),
        Refusal.Failed failed => HttpFault.Unavailable(failed.RetryAfter),
        Refusal.DailyLimit => new(StatusCodes.Status403Forbidden, "usageLimits", "dailyLimitExceeded", refusal.Detail),
        Refusal.AddressLimit limit => new(StatusCodes.Status429TooManyRequests, "usageLimits", "rateLimitExceeded", refusal.Detail)
        {
            RetryAfter = limit.RetryAfter,
        },
        Refusal.TooManyReports => HttpFault.TooLarge(refusal.Detail),
        Refusal.KeyReused => new(StatusCodes.Status422UnprocessableEntity, "global", "idempotencyKeyReused", refusal.Detail),
        _ => new(StatusCodes.Status400BadRequest, "global", "badRequest", refusal.Detail),
    };
}
