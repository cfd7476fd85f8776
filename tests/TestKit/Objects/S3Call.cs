using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Exporter.TestKit.Objects;

/// <summary>A request as the double understood it.</summary>
/// <param name="Stage">What was asked.</param>
/// <param name="Bucket">Of which bucket.</param>
/// <param name="Key">Unescaped once; empty for the bucket itself.</param>
/// <param name="Headers">Lower case.</param>
/// <param name="Query">By name.</param>
public sealed record S3Call(
    S3Stage Stage, string Bucket, string Key, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query)
{
    internal bool HasCondition => Headers.GetValueOrDefault("if-none-match") == "*";

    /// <summary>Reads a path-style request; null for one that no object store has.</summary>
    internal static S3Call? Read(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0].TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (path, "") : (path[..slash], Uri.UnescapeDataString(path[(slash + 1)..]));
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        return StageOf(context.Request.Method, key, query) is { } stage
            ? new(stage, Uri.UnescapeDataString(bucket), key, context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), query)
            : null;
    }

    private static S3Stage? StageOf(string method, string key, Dictionary<string, string> query) => (method, key.Length > 0) switch
    {
        ("PUT", true) => query.ContainsKey("partNumber") ? S3Stage.UploadPart : S3Stage.Put,
        ("HEAD", true) => S3Stage.Head,
        ("GET", true) => S3Stage.Get,
        ("DELETE", true) => query.ContainsKey("uploadId") ? S3Stage.AbortUpload : S3Stage.Delete,
        ("POST", true) when query.ContainsKey("uploads") => S3Stage.CreateUpload,
        ("POST", true) when query.ContainsKey("uploadId") => S3Stage.CompleteUpload,
        ("GET", false) => query.ContainsKey("uploads") ? S3Stage.ListUploads : S3Stage.List,
        _ => null,
    };
}
