using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Exporter.Delivery.Answers;
using Exporter.Delivery.Batches;

namespace Exporter.S3Export.Buckets;

/// <summary>Which answer is which outcome (rule O6): docs/s3-outcomes.md has the table.</summary>
internal static class S3Outcomes
{
    /// <summary>The outcome of a failed request, or null for what is no fault of network, store or configuration.</summary>
    public static Outcome? Of(Exception fault, S3Place place, S3Step step, TimeProvider clock) => fault switch
    {
        AmazonServiceException answer when answer.StatusCode != 0 || !string.IsNullOrEmpty(answer.ErrorCode) =>
            OfAnswer(answer.ErrorCode ?? "", (int)answer.StatusCode, Wish(answer, clock), place, step),
        _ when NetworkFault.Of(fault, place.ToString()) is { } outcome => outcome,
        AmazonClientException => SetUp("client", $"{place} can't be asked: the AWS SDK found no credentials or no region. Set credentials_secret and region, or this machine's own."),
        _ => null,
    };

    /// <summary>The outcome of an answer by its S3 code and, where that says nothing, its HTTP status.</summary>
    public static Outcome OfAnswer(string code, int status, TimeSpan? after, S3Place place, S3Step step) => (code, status) switch
    {
        ("EntityTooLarge", _) => new Outcome.Rejected("object_too_large", $"{place} takes no object of this size. Lower max_batch_bytes."),
        ("KeyTooLongError" or "KeyTooLong", _) => new Outcome.Rejected("key_too_long", $"{place} takes no key of this length. Shorten the export's url."),
        ("InvalidTag", _) => new Outcome.Rejected("invalid_tag", $"{place} refused the object's tags. Correct value_by_tag, then replay."),
        ("ConditionalRequestConflict" or "OperationAborted", _) =>
            new Outcome.Deferred("conflict", $"{place} had another write to the same key at the same time.", FaultOf.Batch, TimeSpan.Zero),
        ("NoSuchUpload" or "InvalidPart" or "InvalidPartOrder" or "EntityTooSmall", _) =>
            new Outcome.Deferred("upload_lost", $"{place} no longer knows the upload ({code}). The next attempt begins a new one.", FaultOf.Batch),
        ("NoSuchBucket", _) => SetUp("bucket_missing", $"{place} does not exist. Create it, or change the export's url.", after),
        ("PermanentRedirect" or "TemporaryRedirect" or "Redirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException", _) =>
            SetUp("wrong_region", $"{place} lives in another region or under another endpoint ({code}). Set region or endpoint.", after),
        ("ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" or "RequestExpired", _) =>
            SetUp("credentials_expired", $"{place} says that the credentials have expired ({code}). Renew them.", after),
        ("RequestTimeTooSkewed", _) => SetUp("clock_skew", $"{place} has another time than this machine. Set both clocks.", after),
        ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "NotSignedUp" or "UnrecognizedClientException", _) =>
            SetUp("credentials", $"{place} does not know the credentials ({code}). Check credentials_secret.", after),
        ("SlowDown" or "ServiceUnavailable" or "Throttling" or "ThrottlingException" or "TooManyRequests" or "RequestLimitExceeded", _) =>
            Destination("slow_down", $"{place} asks for fewer requests ({code}). Lower the export's concurrency if it stays.", after),
        ("RequestTimeout", _) => Destination("timeout", $"{place} waited too long for the body. Look at the network.", after),
        ("XAmzContentSHA256Mismatch" or "BadDigest" or "InvalidDigest" or "XAmzContentChecksumMismatch", _) =>
            Destination("checksum", $"{place} found another checksum ({code}). Set checksums to when_required if the store does not know the newer ones.", after),
        ("PreconditionFailed", _) => new Outcome.Deferred("conflict", $"{place} held an object of this key that is gone again.", FaultOf.Batch, TimeSpan.Zero),
        ("InternalError", _) => Destination("server_error", $"{place} failed ({code}). Look at the store.", after),
        ("NotImplemented", _) => SetUp("not_implemented", $"{place} does not know a header of the request. Remove encryption, storage class, ACL or tags that it lacks.", after),
        _ when code.StartsWith("KMS.", StringComparison.Ordinal) =>
            SetUp("kms", $"{place} can't use the KMS key ({code}). Check kms_key_id and that the credentials may kms:GenerateDataKey.", after),
        _ => OfStatus(code, status, after, place, step),
    };

    private static Outcome.Deferred OfStatus(string code, int status, TimeSpan? after, S3Place place, S3Step step) => status switch
    {
        401 => SetUp("credentials", $"{place} asks for other credentials ({Named(code, status)}). Check credentials_secret.", after),
        403 => SetUp("access_denied", $"{place} refused the request ({Named(code, status)}). Check that the credentials may {place.Permission(step)}.", after),
        301 or 302 or 307 or 308 => SetUp("wrong_region", $"{place} lives under another address ({Named(code, status)}). Set region or endpoint.", after),
        408 => Destination("timeout", $"{place} waited too long for the body. Look at the network.", after),
        409 => new Outcome.Deferred("conflict", $"{place} had another write at the same time ({Named(code, status)}).", FaultOf.Batch, TimeSpan.Zero),
        412 => new Outcome.Deferred("conflict", $"{place} held an object of this key that is gone again.", FaultOf.Batch, TimeSpan.Zero),
        429 or 503 => Destination("slow_down", $"{place} asks for fewer requests ({Named(code, status)}). Lower the export's concurrency if it stays.", after),
        501 => SetUp("not_implemented", $"{place} does not know a part of the request ({Named(code, status)}).", after),
        >= 500 => Destination("server_error", $"{place} failed ({Named(code, status)}). Look at the store.", after),
        _ => new Outcome.Deferred("unexpected_answer", $"{place} gave an answer that is in no table ({Named(code, status)}). Tell the maintainers if it stays.", FaultOf.Batch, after),
    };

    private static Outcome.Deferred Destination(string errorType, string detail, TimeSpan? after = null) =>
        new(errorType, detail, FaultOf.Destination, after);

    private static Outcome.Deferred SetUp(string errorType, string detail, TimeSpan? after = null) =>
        new(errorType, detail, FaultOf.SetUp, after);

    private static string Named(string code, int status) =>
        code.Length is > 0 and <= 64 && code.All(char.IsAsciiLetterOrDigit) ? code : status.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan? Wish(AmazonServiceException answer, TimeProvider clock) =>
        RetryAfter.Read((answer.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("Retry-After"), clock);
}
