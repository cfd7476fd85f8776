namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that a resource can be in.</summary>
public static class KnownResourceStates
{
    /// <summary>Nothing happened yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It is being started, the first time or again.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>It is being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It was stopped, or ended with a failure.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It did its work and ended.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>The states in which nothing runs and nothing will.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
