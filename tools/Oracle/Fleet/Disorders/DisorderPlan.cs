namespace Exporter.Oracle.Fleet.Disorders;

/// <summary>Chooses what goes wrong next: of the kinds that came least, any.</summary>
internal sealed class DisorderPlan(IReadOnlyList<Disorder> all, Random random)
{
    private readonly Dictionary<Disorder, int> times = all.ToDictionary(disorder => disorder, _ => 0);

    /// <summary>Kinds that came more rarely.</summary>
    public IReadOnlyList<string> Below(int least) => [.. all.Where(disorder => times[disorder] < least).Select(disorder => disorder.Name)];

    public Disorder Next()
    {
        var least = times.Values.Min();
        var choices = all.Where(disorder => times[disorder] == least).ToList();
        return choices[random.Next(choices.Count)];
    }

    public void Count(Disorder disorder) => times[disorder]++;

    public IEnumerable<string> Lines() => all.Select(disorder => $"  {disorder.Name,-42} {times[disorder],5}");
}
