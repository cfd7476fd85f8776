namespace Compat.Processes;

/// <summary>A process to be started.</summary>
internal sealed record LaunchPlan
{
    /// <summary>A path, or a name to look up.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string Folder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What asks it to stop.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>Whether only the process itself is asked, since it ends its children in its own order.</summary>
    public bool StopsItsChildren { get; init; }

    /// <summary>The container that it runs, if it is one's client.</summary>
    public string? Container { get; init; }

    /// <summary>A process that must run beside it: started before, stopped after.</summary>
    public LaunchPlan? Companion { get; init; }
}
