namespace Aspire.Hosting.Engine.Instances;

/// <summary>How long to wait before what died is started again: from 1 s doubling to 30 s, from the start again after a minute that went well.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Well = TimeSpan.FromMinutes(1);
    private TimeSpan next = First;

    public TimeSpan After(TimeSpan lived)
    {
        var wait = lived >= Well ? First : next;
        next = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, Longest.Ticks));
        return wait;
    }
}
