using Exporter.Bench.Figures;

namespace Exporter.Bench.Load;

/// <summary>What was answered and what was delivered at one moment of a run.</summary>
internal record BacklogSample(TimeSpan At, long Answered, long Delivered)
{
    private const int PrintSeconds = 5;

    public long Backlog => Answered - Delivered;

    /// <summary>Half against half: grown by less than 2 % of what was delivered is flat.</summary>
    public static string Flatness(IReadOnlyList<BacklogSample> samples)
    {
        var half = samples.Count / 2;
        var (before, after) = (samples.Take(half).Average(sample => sample.Backlog), samples.Skip(half).Average(sample => sample.Backlog));
        var grownShare = (after - before) / (samples[^1].Delivered - samples[0].Delivered);
        return grownShare < 0.02
            ? $"flat at {Words.Count(after / 1000)} thousand"
            : $"NOT FLAT: {Words.Count(before / 1000)} → {Words.Count(after / 1000)} thousand";
    }

    public static string Course(IReadOnlyList<BacklogSample> samples) => "Backlog, in thousands of reports, every 5 s: " + string.Join(' ', samples
        .Where((sample, i) => i == 0 || (int)sample.At.TotalSeconds / PrintSeconds != (int)samples[i - 1].At.TotalSeconds / PrintSeconds)
        .Select(sample => Words.Count(sample.Backlog / 1000.0))) + ".";
}
