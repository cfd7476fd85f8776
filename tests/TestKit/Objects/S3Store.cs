using System.Globalization;
using System.Security.Cryptography;

namespace Exporter.TestKit.Objects;

/// <summary>One bucket in memory; every method is atomic.</summary>
internal sealed class S3Store
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, S3Object> objects = [];
    private readonly Dictionary<string, S3Upload> uploads = [];
    private readonly Dictionary<string, string> completed = [];
    private int nextUpload;

    public int MinPartBytes { get; set; } = 5 * 1024 * 1024;

    public IReadOnlyList<S3Object> Objects
    {
        get
        {
            lock (gate)
                return [.. objects.Values.OrderBy(item => item.Key, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<S3Upload> Uploads
    {
        get
        {
            lock (gate)
                return [.. uploads.Values.OrderBy(upload => upload.Key, StringComparer.Ordinal).ThenBy(upload => upload.Id, StringComparer.Ordinal)];
        }
    }

    public S3Object? Find(string key)
    {
        lock (gate)
            return objects.GetValueOrDefault(key);
    }

    public void Delete(string key)
    {
        lock (gate)
            objects.Remove(key);
    }

    public S3Answer Put(string key, byte[] body, IReadOnlyDictionary<string, string> headers, bool isConditional)
    {
        lock (gate)
        {
            if (isConditional && objects.ContainsKey(key))
                return S3Answer.Failed(412, "PreconditionFailed");
            return Land(key, body, Quoted(TagOf(body)), headers);
        }
    }

    public string CreateUpload(string key, IReadOnlyDictionary<string, string> headers)
    {
        lock (gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"upload-{++nextUpload}");
            uploads[id] = new(id, key, headers);
            return id;
        }
    }

    public S3Answer UploadPart(string id, int number, byte[] body)
    {
        lock (gate)
        {
            if (!uploads.TryGetValue(id, out var upload))
                return S3Answer.Failed(404, "NoSuchUpload");
            var tag = Quoted(TagOf(body));
            upload.Parts[number] = (body, tag);
            return S3Answer.WithETag(tag);
        }
    }

    public S3Answer Complete(string id, string key, IReadOnlyList<(int Number, string ETag)> parts, bool isConditional)
    {
        lock (gate)
        {
            if (completed.TryGetValue(id, out var tag))
                return S3Answer.Completed(key, tag);
            if (!uploads.TryGetValue(id, out var upload) || upload.Key != key)
                return S3Answer.Failed(404, "NoSuchUpload");
            if (parts.Count == 0 || parts.Any(part => !upload.Parts.TryGetValue(part.Number, out var held) || held.ETag.Trim('"') != part.ETag.Trim('"')))
                return S3Answer.Failed(400, "InvalidPart");
            if (parts.SkipLast(1).Any(part => upload.Parts[part.Number].Body.Length < MinPartBytes))
                return S3Answer.Failed(400, "EntityTooSmall");
            if (isConditional && objects.ContainsKey(key))
                return S3Answer.Failed(412, "PreconditionFailed");

            var bodies = parts.Select(part => upload.Parts[part.Number].Body).ToList();
            var hash = TagOf([.. bodies.SelectMany(TagOf)]);
            var joined = $"\"{Convert.ToHexStringLower(hash)}-{parts.Count}\"";
            uploads.Remove(id);
            completed[id] = joined;
            Land(key, [.. bodies.SelectMany(body => body)], joined, upload.Headers);
            return S3Answer.Completed(key, joined);
        }
    }

    public S3Answer Abort(string id)
    {
        lock (gate)
            return uploads.Remove(id) ? new(204) : S3Answer.Failed(404, "NoSuchUpload");
    }

    private static byte[] TagOf(byte[] body) => SHA256.HashData(body)[..16];

    private static string Quoted(byte[] hash) => $"\"{Convert.ToHexStringLower(hash)}\"";

    private S3Answer Land(string key, byte[] body, string tag, IReadOnlyDictionary<string, string> headers)
    {
        objects[key] = new(key, body, tag, headers, objects.GetValueOrDefault(key)?.Writes + 1 ?? 1);
        return S3Answer.WithETag(tag);
    }
}
