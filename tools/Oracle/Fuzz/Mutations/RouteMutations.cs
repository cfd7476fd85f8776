using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;
using static Exporter.Oracle.Fuzz.Mutations.HeaderMutations;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Where a call goes: method, path, scheme, authority.</summary>
internal static class RouteMutations
{
    private const int Unimplemented = 12;
    private const int BadRequest = 400;
    private static readonly int[] NotThere = [BadRequest, 404, 405, 414, 501];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Of("service-unknown", 4, (draft, random) => Set(draft, ":path", Pick(["/no.such.Service/Do", "/x/y", "/grpc/"], random)), expect => expect.Refuse(Unimplemented).Http(NotThere)),
        Of("method-unknown", 4, (draft, random) => Set(draft, ":path", draft.Method.Path + Pick(["x", "2", "%20", "/more"], random)), expect => expect.Refuse(Unimplemented).Http(NotThere)),
        Of("path-odd", 5, (draft, random) => Set(draft, ":path", Pick(["", "x", "*", "//", "/", "/%", "/%zz/%00", "/../..", "/a\0b/c", "http://x/y", "?", "/ü/ü"], random)), expect => expect.Refuse(Unimplemented).Http(NotThere).Break()),
        Of("path-long", 2, (draft, random) => Set(draft, ":path", $"/{new string('p', random.Next(2_000, 40_000))}/m"), expect => expect.Refuse(Unimplemented).Http(NotThere).Http(431).Break()),
        Of("path-with-query", 2, (draft, _) => Set(draft, ":path", draft.Method.Path + "?x=1")),
        Of("verb-other", 4, (draft, random) => Set(draft, ":method", Pick(["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "P", "TRACE"], random)), expect => expect.Refuse().Http(NotThere).Break()),
        Of("verb-odd", 3, (draft, random) => Set(draft, ":method", Pick(["", "CONNECT", "PO ST", "\0", "POST\r\n"], random)), expect => expect.Refuse().Http(NotThere).Break()),
        Of("scheme-odd", 3, (draft, random) => Set(draft, ":scheme", Pick(["https", "", "ftp", "ht tp", "HTTP"], random)), expect => expect.Http(BadRequest).Break()),
        Of("authority-odd", 4, (draft, random) => Set(draft, ":authority", Pick(["", "a b", "evil:99999999", "[::1", "user@host", "\0", "ü", "a,b"], random)), expect => expect.Http(BadRequest).Break()),
        Of("authority-missing", 2, (draft, _) => Remove(draft, ":authority"), expect => expect.Http(BadRequest).Break()),
        Of("host-other", 2, (draft, _) => Add(draft, "host", "elsewhere"), expect => expect.Http(BadRequest).Break()),
        Of("pseudo-missing", 4, (draft, random) => Remove(draft, Pick([":method", ":scheme", ":path"], random)), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("pseudo-twice", 4, (draft, random) => draft.Fields.Insert(1, draft.Fields[random.Next(3)]), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("pseudo-late", 4, MovePseudo, expect => expect.Refuse().Http(BadRequest).Break()),
        Of("pseudo-unknown", 4, (draft, random) => draft.Fields.Insert(0, new(Pick([":x", ":", ":status", ":Path", ":protocol"], random), "200")), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("no-fields", 2, (draft, _) => draft.Fields.Clear(), expect => expect.Refuse().Http(BadRequest).Break()),
        Of("fields-shuffled", 3, Shuffle, expect => expect.Http(BadRequest).Break()),
    ];

    private static void MovePseudo(Draft draft, Random random)
    {
        var field = draft.Fields[random.Next(3)];
        draft.Fields.Remove(field);
        draft.Fields.Add(field);
    }

    private static void Shuffle(Draft draft, Random random)
    {
        Field[] fields = [.. draft.Fields];
        random.Shuffle(fields);
        draft.Fields.Clear();
        draft.Fields.AddRange(fields);
    }
}
