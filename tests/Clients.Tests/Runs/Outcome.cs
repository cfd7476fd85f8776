namespace Exporter.Clients.Runs;

/// <summary>How a client ended, and what it said.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Complaints)
{
    /// <summary>Its last word.</summary>
    public string Summary => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");

    public Outcome ShouldBe(int exitCode, string summary)
    {
        ExitCode.ShouldBe(exitCode, Output + Complaints);
        Summary.ShouldBe(summary, Complaints);
        return this;
    }
}
