using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>What gRPC says in headers, said wrongly, and headers that HTTP does not take.</summary>
internal static class HeaderMutations
{
    private const int DeadlineExceeded = 4;
    private const int Unimplemented = 12;
    private const int UnsupportedMedia = 415;
    private const int BadRequest = 400;
    private const int TooLarge = 431;

    private static readonly string[] OtherTypes =
        ["application/json", "", "application/grpc-web", "application/grpc-web+proto", "application/grpcx", "text/plain", "grpc", "application/ grpc", "*/*"];

    private static readonly string[] SameTypes = ["application/grpc+proto", "application/grpc;charset=utf-8", "APPLICATION/GRPC", "application/grpc+x"];

    private static readonly string[] BadTimeouts =
        ["", "S", "10", "1X", "-1S", "+1S", "1.5S", "999999999S", "123456789012345678901234567890n", "1 S", "S1", "0x1S", "١S", "1s", "NaNS"];

    private static readonly string[] ShortTimeouts = ["0S", "0n", "1n", "99n", "1u", "1m", "00000001m"];

    private static readonly string[] LongTimeouts = ["99999999H", "99999999M", "99999999S", "1H", "99999999m"];

    private static readonly string[] OtherEncodings = ["snappy", "deflate", "br", "gzip, gzip", "gzip,identity", "zstd", "gzip;q=1", "\"gzip\"", "x"];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Of("type-other", 5, (draft, random) => Set(draft, "content-type", Pick(OtherTypes, random)), expect => expect.Refuse().Http(UnsupportedMedia)),
        Of("type-missing", 3, (draft, _) => Remove(draft, "content-type"), expect => expect.Refuse().Http(UnsupportedMedia)),
        Of("type-twice", 2, (draft, _) => Add(draft, "content-type", "application/grpc"), expect => expect.Http(UnsupportedMedia, BadRequest).Break()),
        Of("type-same", 3, (draft, random) => Set(draft, "content-type", Pick(SameTypes, random))),
        Of("te-missing", 2, (draft, _) => Remove(draft, "te")),
        Of("te-other", 2, (draft, _) => Set(draft, "te", "gzip"), expect => expect.Http(BadRequest).Break()),
        Of("timeout-bad", 5, (draft, random) => Add(draft, "grpc-timeout", Pick(BadTimeouts, random)), expect => expect.Http(BadRequest).Break()),
        Of("timeout-short", 4, (draft, random) => Add(draft, "grpc-timeout", Pick(ShortTimeouts, random)), expect => expect.May(DeadlineExceeded)),
        Of("timeout-long", 3, (draft, random) => Add(draft, "grpc-timeout", Pick(LongTimeouts, random))),
        Of("timeout-twice", 2, (draft, _) => Twice(draft, "grpc-timeout", "1m"), expect => expect.May(DeadlineExceeded)),
        Of("encoding-unknown", 4, (draft, random) => Add(draft, "grpc-encoding", Pick(OtherEncodings, random)), expect => expect.Refuse(Unimplemented)),
        Of("encoding-twice", 2, (draft, _) => Twice(draft, "grpc-encoding", "gzip"), expect => expect.May(Unimplemented)),
        Of("encoding-empty", 2, (draft, _) => Add(draft, "grpc-encoding", ""), expect => expect.May(Unimplemented)),
        Of("encoding-not-used", 2, Offer),
        Of("accept-encoding-odd", 3, (draft, random) => Add(draft, "grpc-accept-encoding", Pick([",,,", "", "gzip,gzip", "snappy", " gzip ,", ";;q=0"], random))),
        Of("binary-bad", 5, (draft, random) => Add(draft, "odd-bin", Pick(["!!!", "A", "====", "AAA=A", "AQID,!!,AQID", ",", "Ã¼", "AQ=="], random))),
        Of("binary-long", 2, (draft, random) => Add(draft, "long-bin", Convert.ToBase64String(MessageMutations.Noise(random, random.Next(1, 12_000))))),
        Of("reserved-names", 4, (draft, random) => Add(draft, Pick(["grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-x", "grpc-accept-encoding", "grpc-internal-encoding-request"], random), Pick(["0", "13", "", "x%zz", "gzip"], random))),
        Of("value-long", 3, (draft, random) => Add(draft, "x-long", new('v', random.Next(1_000, 16_000)))),
        Of("value-too-long", 2, (draft, random) => Add(draft, "x-long", new('v', random.Next(40_000, 80_000))), expect => expect.Refuse().Http(TooLarge).Break()),
        Of("many-fields", 3, (draft, random) => Many(draft, random.Next(10, 80))),
        Of("too-many-fields", 2, (draft, random) => Many(draft, random.Next(150, 400)), expect => expect.Refuse().Http(TooLarge).Break()),
        Of("name-uppercase", 4, (draft, _) => Add(draft, "X-Upper", "1"), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("name-empty", 2, (draft, _) => Add(draft, "", "1"), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("name-odd", 4, (draft, random) => Add(draft, Pick(["a b", "a\0", "a:b", "ü", "\r\n", "a\u007f", "a\"", "a\t"], random), "1"), expect => expect.Http(BadRequest).Break()),
        Of("value-odd", 4, (draft, random) => Add(draft, "x-odd", Pick(["a\rb", "a\nb", "a\0b", "\u00ff\u00fe", " a ", "\t", "\u007f"], random)), expect => expect.Http(BadRequest).Break()),
        Of("connection-field", 3, (draft, random) => Add(draft, Pick(["connection", "transfer-encoding", "upgrade", "keep-alive", "proxy-connection"], random), "chunked"), expect => expect.Http(BadRequest).Break()),
        Of("length-wrong", 5, (draft, random) => Add(draft, "content-length", $"{draft.Body.Sum(each => (long)each.Length) + random.Next(1, 100)}"), expect => expect.Refuse(13).Http(BadRequest).Break()),
        Of("length-short", 4, (draft, random) => Add(draft, "content-length", $"{Shorter(draft, random)}"), expect => expect.Refuse(13).Http(BadRequest).Break()),
        Of("length-odd", 4, (draft, random) => Add(draft, "content-length", Pick(["-1", "x", "", "1e3", "99999999999999999999", "0x10"], random)), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("length-right", 2, (draft, _) => Add(draft, "content-length", $"{draft.Body.Sum(each => (long)each.Length)}")),
    ];

    public static Mutation Of(string name, int weight, Action<Draft, Random> apply, Action<Expectation>? expect = null) =>
        new(Layer.Headers, name, weight, (draft, random) =>
        {
            apply(draft, random);
            expect?.Invoke(draft.Expect);
        });

    public static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    public static void Set(Draft draft, string name, string value) =>
        draft.Fields[draft.Fields.FindIndex(field => field.Name == name)] = new(name, value);

    public static void Remove(Draft draft, string name) => draft.Fields.RemoveAll(field => field.Name == name);

    public static void Add(Draft draft, string name, string value) => draft.Fields.Add(new Field(name, value));

    /// <summary>Names an encoding that the messages do not use.</summary>
    private static void Offer(Draft draft, Random random)
    {
        if (!draft.Fields.Exists(field => field.Name == "grpc-encoding"))
            Add(draft, "grpc-encoding", "gzip");
    }

    /// <summary>A wrong length; of nothing there is no shorter one.</summary>
    private static int Shorter(Draft draft, Random random) =>
        draft.Body.Sum(each => each.Length) is > 0 and var length ? random.Next(length) : 1;

    private static void Twice(Draft draft, string name, string value)
    {
        Add(draft, name, value);
        Add(draft, name, value);
    }

    private static void Many(Draft draft, int count)
    {
        for (var i = 0; i < count; i++)
            Add(draft, $"x-{i}", "v");
    }
}
