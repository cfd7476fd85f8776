using Exporter.Delivery.Exports;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Router.Admin;

internal static class WireTime
{
    private const long FirstSecond = -62_135_596_800;

    private const long LastSecond = 253_402_300_799;

    // Faults of a span whose ends may be absent.
    public static IEnumerable<FieldProblem> Problems(string fromField, Timestamp? from, string toField, Timestamp? to)
    {
        var (isFrom, isTo) = (IsTime(from), IsTime(to));
        if (!isFrom)
            yield return new(fromField, "Must be a time in the years 1 to 9999.");
        if (!isTo)
            yield return new(toField, "Must be a time in the years 1 to 9999.");
        if (isFrom && isTo && from is not null && to is not null && Read(to) <= Read(from))
            yield return new(toField, $"Must be later than {fromField[(fromField.LastIndexOf('.') + 1)..]} ({Read(from):u}), found {Read(to):u}.");
    }

    public static DateTimeOffset? Read(Timestamp? time) => time?.ToDateTimeOffset();

    private static bool IsTime(Timestamp? time) =>
        time is null or { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and < 1_000_000_000 };
}
