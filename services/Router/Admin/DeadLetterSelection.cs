using System.Globalization;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

// Which dead letters a request means.
internal static class DeadLetterSelection
{
    public const string NotAnId = "Must be a dead letter's id, a whole number as ListDeadLetters shows it.";

    private const int LongestCause = 100;

    public static IEnumerable<FieldProblem> Problems(Wire.DeadLetterFilter? filter)
    {
        if (filter is null)
            return [];

        return
        [
            .. ProblemsOfIds("filter.ids", filter.Ids),
            .. filter.ErrorType.Length > LongestCause
                ? [new FieldProblem("filter.error_type", $"Must be a cause as ListDeadLetters shows it, of at most {LongestCause} characters, found {filter.ErrorType.Length}.")]
                : Array.Empty<FieldProblem>(),
            .. WireTime.Problems("filter.created_from", filter.CreatedFrom, "filter.created_to", filter.CreatedTo),
        ];
    }

    public static IEnumerable<FieldProblem> ProblemsOfIds(string field, IReadOnlyCollection<string> ids) => ids.Count > Page.MostItems
        ? [new(field, $"Must be at most {Page.MostItems} ids, found {ids.Count}.")]
        : ids.Index().Where(entry => IdOf(entry.Item) is null).Select(entry => new FieldProblem($"{field}[{entry.Index}]", NotAnId));

    // Of one without faults.
    public static DeadLetterFilter Read(Wire.DeadLetterFilter? filter, ExportSnapshot snapshot) => filter is null
        ? DeadLetterFilter.All
        : new DeadLetterFilter
        {
            Ids = IdsOf(filter.Ids),
            ExportId = ExportCatalog.IdOf(snapshot, filter.Export),
            ErrorType = filter.ErrorType.Length > 0 ? filter.ErrorType : null,
            From = WireTime.Read(filter.CreatedFrom),
            To = WireTime.Read(filter.CreatedTo),
        };

    public static IReadOnlyList<long> IdsOf(IEnumerable<string> ids) => [.. ids.Select(id => IdOf(id)!.Value).Distinct()];

    public static long? IdOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
