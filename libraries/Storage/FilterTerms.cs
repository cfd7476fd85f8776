using Exporter.Delivery.Queries;

namespace Exporter.Storage;

/// <summary>A filter as terms of SQL, with parameters in the order in which they are numbered: only what restricts is in it.</summary>
internal sealed class FilterTerms
{
    private readonly List<string> terms = [];
    private readonly List<object> values = [];

    /// <summary>The parameters; more may be added behind them.</summary>
    public IReadOnlyList<object> Values => values;

    /// <summary>All terms; true where there are none.</summary>
    public string Sql => terms.Count == 0 ? "true" : string.Join(" and ", terms);

    /// <summary>Dead letters; which ids are meant is told by the store's own term, since each has its own lists.</summary>
    public static FilterTerms Of(DeadLetterFilter filter, string idTerm, Func<IReadOnlyList<long>, object> idValue) => new FilterTerms()
        .Add(idTerm, filter.Ids.Count == 0 ? null : idValue(filter.Ids))
        .Add("export_id = ", filter.ExportId)
        .Add("error_type = ", filter.ErrorType)
        .Add("created_at >= ", filter.From)
        .Add("created_at < ", filter.To)
        .Add("number <= ", filter.LastId);

    /// <summary>Delivered batches.</summary>
    public static FilterTerms Of(RetainedFilter filter) => new FilterTerms()
        .Add("id = ", filter.BatchId)
        .Add("export_id = ", filter.ExportId)
        .Add("ended_at >= ", filter.From)
        .Add("ended_at < ", filter.To);

    /// <summary>Adds a term that ends where its parameter stands, unless there is none.</summary>
    public FilterTerms Add(string term, object? value)
    {
        if (value is null)
            return this;

        values.Add(value);
        terms.Add(term.Contains("{0}", StringComparison.Ordinal) ? term.Replace("{0}", $"${values.Count}", StringComparison.Ordinal) : $"{term}${values.Count}");
        return this;
    }

    /// <summary>Adds a parameter; returns its name.</summary>
    public string Parameter(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }
}
