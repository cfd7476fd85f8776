namespace Exporter.Geosubmit.Reading;

/// <summary>The faults of one report. Of equal names the last one counts, so a fault may be taken back.</summary>
internal sealed class ReportErrors
{
    private const int Most = 32;
    private readonly List<FieldError> held = new(Most);

    public IReadOnlyList<FieldError> Held => held;

    public bool Any => held.Count > 0;

    public void Add(in FieldError error)
    {
        if (held.Count < Most)
            held.Add(error);
    }

    /// <summary>Takes back what was said about a field that comes again; not once the list is full, for it may be cut.</summary>
    public void Forget(string? container, int item, string field)
    {
        if (held.Count == Most)
            return;

        for (var i = held.Count - 1; i >= 0; i--)
        {
            var error = held[i];
            var same = error.Container == container && error.Item == item && error.Field == field;
            var within = container is null && error.Container == field;
            if (same || within)
                held.RemoveAt(i);
        }
    }

    public void Clear() => held.Clear();
}
