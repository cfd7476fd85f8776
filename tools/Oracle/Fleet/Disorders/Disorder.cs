using Exporter.Oracle.Fleet.Seats;
using Exporter.Oracle.Fleet.Servers;

namespace Exporter.Oracle.Fleet.Disorders;

/// <summary>Something that goes wrong for a while and is over when its task ends.</summary>
/// <param name="Name">Its kind, for the tally.</param>
internal abstract record Disorder(string Name)
{
    /// <summary>Whether processes may be killed meanwhile.</summary>
    public virtual bool GoesWithKills => true;

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Disorder> Of(IReadOnlyList<Server> servers) =>
    [
        new RollingRestart(),
        .. Service.All.Select(service => new Freeze(service)),
        .. servers.Select(server => new Outage([server])),
        .. servers.SelectMany((one, at) => servers.Skip(at + 1).Select(other => new Outage([one, other]))),
    ];

    public abstract Task ApplyAsync(FleetHome home, Random random, TimeProvider clock, CancellationToken cancel);
}
