namespace Exporter.TestKit.Objects;

/// <summary>What goes wrong with one request.</summary>
/// <param name="Name">For test names.</param>
/// <param name="Effect">How.</param>
/// <param name="Status">The answer's HTTP status, where there is one.</param>
/// <param name="Code">Its S3 code.</param>
/// <param name="RetryAfter">The header's text, or null.</param>
/// <param name="Location">The header's text, or null.</param>
public sealed record S3Fault(string Name, S3Effect Effect, int Status = 0, string Code = "", string? RetryAfter = null, string? Location = null)
{
    public static S3Fault Hang { get; } = new("hang", S3Effect.Hang);

    public static S3Fault HangAfter { get; } = new("hang after it landed", S3Effect.HangAfter);

    public static S3Fault ResetBefore { get; } = new("reset before it landed", S3Effect.Reset);

    public static S3Fault ResetAfter { get; } = new("reset after it landed", S3Effect.ResetAfter);

    public static S3Fault SlowBody { get; } = new("slow body", S3Effect.SlowBody);

    public static S3Fault InternalError { get; } = Answer("500", 500, "InternalError");

    public static S3Fault InternalErrorAfter { get; } = new("500 after it landed", S3Effect.AnswerAfter, 500, "InternalError");

    public static S3Fault ErrorIn200 { get; } = new("200 with an error in it", S3Effect.Answer, 200, "InternalError");

    public static S3Fault SlowDown { get; } = new("503 SlowDown", S3Effect.Answer, 503, "SlowDown", "7");

    public static S3Fault Forbidden { get; } = Answer("403", 403, "AccessDenied");

    public static S3Fault NoSuchBucket { get; } = Answer("404 NoSuchBucket", 404, "NoSuchBucket");

    public static S3Fault Conflict { get; } = Answer("409", 409, "ConditionalRequestConflict");

    public static S3Fault PreconditionFailed { get; } = Answer("412", 412, "PreconditionFailed");

    public static S3Fault NotImplemented { get; } = Answer("501", 501, "NotImplemented");

    /// <summary>An answer instead of the work.</summary>
    public static S3Fault Answer(string name, int status, string code) => new(name, S3Effect.Answer, status, code);

    public override string ToString() => Name;
}

/// <summary>How a request goes wrong.</summary>
public enum S3Effect
{
    /// <summary>Nothing is done, and an answer says so.</summary>
    Answer,

    /// <summary>It is done, and the answer says that it was not.</summary>
    AnswerAfter,

    /// <summary>Nothing is done and nothing answered until the client goes away.</summary>
    Hang,

    /// <summary>It is done, and nothing is answered until the client goes away.</summary>
    HangAfter,

    /// <summary>The connection breaks when the body was read.</summary>
    Reset,

    /// <summary>It is done, and the connection breaks.</summary>
    ResetAfter,

    /// <summary>The body is read in small sips; then all is well.</summary>
    SlowBody,
}
