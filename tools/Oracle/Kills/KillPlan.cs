namespace Exporter.Oracle.Kills;

/// <summary>Chooses how the next process dies: the window that was hit least, with varying passes, and now and then at any moment.</summary>
internal sealed class KillPlan(KillTally tally, Random random, IReadOnlyList<string> windows)
{
    private const int MostPasses = 12;
    private const int MostReleasePasses = 2;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private int orders;

    public KillOrder Next()
    {
        orders++;
        return (orders % 10) switch
        {
            4 => AtRandom(),
            9 => new(null, 0, TimeSpan.FromMilliseconds(random.Next(20, 600)), IsAtStart: true),
            _ => AtWindow(),
        };
    }

    public KillOrder AtRandom() => new(null, 0, TimeSpan.FromMilliseconds(random.Next(20, 700)));

    /// <summary>At the window that was hit least.</summary>
    public KillOrder AtWindow()
    {
        var least = windows.Min(tally.HitsOf);
        var choices = windows.Where(name => tally.HitsOf(name) == least).ToList();
        var window = choices[random.Next(choices.Count)];
        var most = window == "release.after" ? MostReleasePasses : MostPasses;
        return new(window, random.Next(1, Math.Max(1, most >> tally.MissesOf(window)) + 1), LongestWait);
    }
}
