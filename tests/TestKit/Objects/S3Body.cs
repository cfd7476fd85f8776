using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Exporter.TestKit.Objects;

/// <summary>Reads request bodies, and checks them as a store does.</summary>
internal static class S3Body
{
    private const int Sip = 512;

    public static async Task<byte[]> ReadAsync(HttpRequest request, bool slowly)
    {
        using var body = new MemoryStream();
        var buffer = new byte[slowly ? Sip : 128 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (slowly)
                await Task.Yield();
        }

        return body.ToArray();
    }

    /// <summary>Whether the body is the one that was signed.</summary>
    public static bool IsSound(S3Call call, byte[] body) =>
        call.Headers.GetValueOrDefault("x-amz-content-sha256") is not { Length: 64 } signed
        || signed == Convert.ToHexStringLower(SHA256.HashData(body));

    public static List<(int Number, string ETag)> Parts(byte[] body)
    {
        var root = XDocument.Load(new MemoryStream(body)).Root!;
        return
        [
            .. root.Elements().Where(part => part.Name.LocalName == "Part").Select(part => (
                (int)part.Elements().Single(field => field.Name.LocalName == "PartNumber"),
                (string)part.Elements().Single(field => field.Name.LocalName == "ETag"))),
        ];
    }
}
