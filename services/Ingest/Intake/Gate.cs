using System.Net;
using Exporter.Delivery.Blocks;
using Exporter.Ingest.Keys;
using Exporter.Ingest.Limits;

namespace Exporter.Ingest.Intake;

/// <summary>Decides before a body is read whether a request may come in: store, address, API key, daily limit, in this order.</summary>
internal sealed class Gate(IBlockStore store, AddressLimit addresses, KeyCache keys, ILimitCounter counter, TimeProvider clock)
{
    public async ValueTask<Admission> AdmitAsync(Door door, string? key, IPAddress? address, CancellationToken cancel)
    {
        if (store.Refusal is { } refusal)
            return new(null, new Refusal.Busy(refusal));
        if (addresses.Refuses(address, out var retryAfter))
            return new(null, new Refusal.AddressLimit(retryAfter));
        if (await keys.FindAsync(key, cancel) is not { } known)
            return default;

        var count = await counter.CountAsync(known.Key, door.LimitPath, cancel);
        return known.MaxRequestsPerDay > 0 && count > known.MaxRequestsPerDay
            ? new(known, new Refusal.DailyLimit(UntilMidnight()))
            : new(known);
    }

    private TimeSpan UntilMidnight()
    {
        var now = clock.GetUtcNow();
        return now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
    }
}
