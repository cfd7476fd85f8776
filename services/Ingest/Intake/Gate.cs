using System.Net;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Keys;
using Exporter.Ingest.Keys;
using Exporter.Ingest.Limits;

namespace Exporter.Ingest.Intake;

/// <summary>Decides before a body is read whether a request may come in: store, address, API key, daily limit, in this order.</summary>
internal sealed class Gate(
    IBlockStore store, IngestOptions options, KeyCache keys, ILimitCounter counter, IUserCounter users, TimeProvider clock)
{
    private static readonly Refusal.Busy LimitsUnknown = new(new(
        "limits_unknown", "Limits can't be counted now. Send the request again later.", TimeSpan.FromSeconds(5)));

    private static readonly Refusal.Busy KeyUnknown = new(new(
        "key_unknown", "The API key can't be looked up now. Send the request again later.", TimeSpan.FromSeconds(5)));

    public async ValueTask<Admission> AdmitAsync(Door door, string? key, IPAddress? address, CancellationToken cancel)
    {
        if (store.Refusal is { } refusal)
            return new(null, new Refusal.Busy(refusal));

        ClientAddress? client = address is null ? null : ClientAddress.Of(address);
        if (client is { } limited && options.Limits.RequestsPerMinutePerAddress > 0
            && RefusalOf(await counter.CountAsync(limited), AddressLimit) is { } addressRefusal)
        {
            return new(null, addressRefusal);
        }

        var answer = await keys.FindAsync(key, cancel);
        if (!answer.IsKnown)
            return new(null, KeyUnknown);
        if (answer.Key is not { } known)
            return default;
        if (client is { } user)
            users.Note(known.Key, user);
        return new(known, RefusalOf(await counter.CountAsync(known, door.LimitPath), DailyLimit));
    }

    private static Refusal.AddressLimit AddressLimit(DateTimeOffset now) => new(TimeSpan.FromSeconds(60 - now.ToUnixTimeSeconds() % 60));

    private static Refusal.DailyLimit DailyLimit(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);

    private Refusal? RefusalOf(LimitVerdict verdict, Func<DateTimeOffset, Refusal> beyond) => verdict switch
    {
        LimitVerdict.Within => null,
        LimitVerdict.Beyond => beyond(clock.GetUtcNow()),
        _ => LimitsUnknown,
    };
}
