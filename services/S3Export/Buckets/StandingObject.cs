using Amazon.S3.Model;
using Exporter.Delivery.Batches;

namespace Exporter.S3Export.Buckets;

/// <summary>An object that stands at a batch's key, as a HEAD tells it.</summary>
internal static class StandingObject
{
    public const string BatchId = "batch-id";
    public const string MembersSha256 = "members-sha256";
    public const string Sha256 = "sha256";

    /// <summary>Delivered when it is this very batch, else the key is taken (rule O1).</summary>
    public static Outcome Judge(GetObjectMetadataResponse standing, IReadOnlyDictionary<string, string> metadata, S3Place place) =>
        standing.Metadata[BatchId] == metadata[BatchId] && standing.Metadata[MembersSha256] == metadata[MembersSha256]
            ? new Outcome.Delivered(new(standing.ContentLength, standing.ETag ?? "", standing.Metadata[Sha256] ?? ""))
            : new Outcome.Rejected("key_taken", $"{place} holds something else than batch {metadata[BatchId]} at the batch's key. Move it away, then replay.");
}
