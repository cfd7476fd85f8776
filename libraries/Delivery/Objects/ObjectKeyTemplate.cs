using System.Text;

namespace Exporter.Delivery.Objects;

/// <summary>
/// Where an export's objects go: s3://bucket/folder/{source}/{api_key}/{year}/{month}/{day} or file:///folder/…, with the
/// placeholders in any order, between or within folders of any name. What it makes can't leave its bucket or folder.
/// </summary>
public sealed class ObjectKeyTemplate
{
    private readonly IReadOnlyList<ObjectKeyPiece> pieces;

    private ObjectKeyTemplate(string? bucket, IReadOnlyList<ObjectKeyPiece> pieces)
    {
        Bucket = bucket;
        this.pieces = pieces;
    }

    /// <summary>The S3 bucket, or null for files.</summary>
    public string? Bucket { get; }

    /// <summary>Whether it makes paths of files.</summary>
    public bool IsFile => Bucket is null;

    /// <summary>What every location begins with, up to the last slash before the first placeholder.</summary>
    public string StaticFolder
    {
        get
        {
            var literal = pieces.TakeWhile(piece => piece.Placeholder is null).Aggregate("", (text, piece) => text + piece.Text);
            if (pieces.All(piece => piece.Placeholder is null) && literal.Length > 0)
                literal += "/";
            return Origin + literal[..(literal.LastIndexOf('/') + 1)];
        }
    }

    private string Origin => IsFile ? ObjectLocation.FileScheme + "/" : $"{ObjectLocation.S3Scheme}{Bucket}/";

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is not one; the message has every fault as a sentence.</exception>
    public static ObjectKeyTemplate Parse(string url) =>
        TryParse(url, out var problems) ?? throw new FormatException(string.Join(' ', problems));

    /// <summary>Reads a template, or returns null and every fault as a sentence.</summary>
    public static ObjectKeyTemplate? TryParse(string url, out IReadOnlyList<string> problems)
    {
        var syntax = ObjectKeySyntax.Read(url);
        problems = syntax.Problems;
        return problems.Count == 0 ? new(syntax.Bucket, syntax.Pieces) : null;
    }

    /// <summary>The destination of a batch, without placeholders.</summary>
    /// <param name="settings">Format, compression and level.</param>
    /// <param name="source">The partition's source.</param>
    /// <param name="apiKey">The partition's API key, or null.</param>
    /// <param name="sealedAt">When the batch was sealed: the day in UTC.</param>
    /// <param name="batchId">Names the object.</param>
    public ObjectTarget Freeze(ObjectSettings settings, string source, string? apiKey, DateTimeOffset sealedAt, Guid batchId) =>
        new(Locate(settings, source, apiKey, sealedAt, batchId.ToString("D")), settings.Format, settings.Compression, settings.CompressionLevel);

    /// <summary>The location of an object of any name, such as <c>{batch_id}</c> where a location is only explained.</summary>
    public string Locate(ObjectSettings settings, string source, string? apiKey, DateTimeOffset sealedAt, string name)
    {
        var location = new StringBuilder(Origin);
        foreach (var piece in pieces)
            location.Append(piece.Fill(source, apiKey, sealedAt));
        if (pieces.Count > 0)
            location.Append('/');
        return location.Append(name).Append(ObjectName.Extension(settings.Format, settings.Compression)).ToString();
    }
}
