using System.Net;
using System.Net.Sockets;
using Exporter.Delivery.Exports;
using Exporter.Faults.Matrix;
using Exporter.Faults.Stores;
using Exporter.Reports.V1;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;
using Exporter.TestKit.Servers;

namespace Exporter.Faults.Destinations;

/// <summary>A partner that remembers no keys, so that what is sent again counts again. A batch is three requests of four reports.</summary>
internal sealed class PartnerDestination : IMatrixDestination
{
    private const string FirstPart = "first request";
    private const string LaterPart = "a later request";
    private const string LastPart = "last request of the second batch";
    private const string Half = "a half after 413";
    private const string Outage = "five times in a row";
    private const int ReportsInBlock = 12;
    private readonly TestAuthority authority;
    private readonly TestAuthority stranger = new();
    private readonly PartnerDouble partner;
    private readonly FaultyLink link;
    private readonly DeliveryStand stand;
    private readonly string url;
    private int cleared;

    private PartnerDestination(DeliveryStand stand, TestAuthority authority, PartnerDouble partner)
    {
        (this.stand, this.authority, this.partner) = (stand, authority, partner);
        partner.HonoursKeys = false;
        link = new(new Uri(partner.Url).Port);
        url = UrlAt("localhost", link.Port);
        Export = TestExports.ToPartner(url, batch: 4);
        Export = Export with { Settings = Export.Settings with { Concurrency = 1 } };
        stand.WriteSecret("authority", authority.Pem);
        Table = new("partner", [FirstPart, LaterPart, LastPart, Half, Outage], [.. Requests(), .. Ways(), .. Poisons()]);
    }

    public ExportDefinition Export { get; }

    public MatrixTable Table { get; }

    public IReadOnlyList<string> StoreStages { get; } =
        [StoreTable.Claim, StoreTable.ReadSettled, StoreTable.ReadReports, StoreTable.FirstPart, StoreTable.LaterPart, StoreTable.Outcome];

    public bool IsArmed => partner.FaultsLeft > 0;

    public bool HoldsObjects => false;

    public IReadOnlyList<Arrival> Arrivals => [.. partner.Accepted.Skip(cleared).Select(request => new Arrival(request.Key, request.Ids, request.Text))];

    public static async Task<PartnerDestination> StartAsync(DeliveryStand stand)
    {
        var authority = new TestAuthority();
        return new(stand, authority, await PartnerDouble.StartAsync(authority.Issue(["localhost"])));
    }

    public IEnumerable<IReadOnlyList<Report>> Blocks(int cell) => TestReports.Make(1000 * cell, 2 * ReportsInBlock).Chunk(ReportsInBlock);

    public Task StallsAsync(CancellationToken cancel) => partner.HangsAsync(cancel);

    public void Clear()
    {
        partner.Refuses = _ => 0;
        cleared = partner.Accepted.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        await partner.DisposeAsync();
        authority.Dispose();
        stranger.Dispose();
    }

    private IEnumerable<MatrixFault> Requests()
    {
        yield return Request("reset before it was taken", new(PartnerEffect.Reset));
        yield return Request("hangs before it was taken", new(PartnerEffect.Hang));
        foreach (var status in new[] { 301, 400, 401, 403, 404, 408, 413, 422, 425, 500, 502, 503 })
            yield return Request($"{status}", PartnerFault.Answer(status));
        yield return Request("429, Retry-After: 1", PartnerFault.Answer(429, "1"));
        yield return Request("503, Retry-After in the past", PartnerFault.Answer(503, "Sun, 06 Nov 1994 08:49:37 GMT"));
        yield return Request("503, whose body drips", new(PartnerEffect.Drip, 503));
        yield return Request("503, whose body does not end", new(PartnerEffect.Endless, 503));
        yield return Request("taken, 200, whose body drips", new(PartnerEffect.DripAfter));
        yield return Request("taken, 200, whose body does not end", new(PartnerEffect.EndlessAfter));
        yield return Request("taken, then reset", new(PartnerEffect.ResetAfter), losesAnswer: true);
        yield return Request("taken, then hangs", new(PartnerEffect.HangAfter), losesAnswer: true);
        yield return Request("taken, then 500", new(PartnerEffect.AnswerAfter, 500), losesAnswer: true);
        yield return Request("taken, then 429", new(PartnerEffect.AnswerAfter, 429), losesAnswer: true);
    }

    private MatrixFault Request(string name, PartnerFault fault, bool losesAnswer = false) => new(name, stage =>
    {
        var passes = stage switch { LaterPart => 1, LastPart => 5, _ => 0 };
        partner.FailNext(new(PartnerEffect.AnswerAfter), passes);
        if (stage == Half)
        {
            partner.Refuses = request => request.Ids.Count > 2 ? 413 : 0;
            partner.FailNext(PartnerFault.Answer(413));
        }

        partner.FailNext(fault, stage == Outage ? 5 : 1);
        return Task.FromResult(true);
    })
    {
        LosesAnswer = _ => losesAnswer,
    };

    /// <summary>What goes wrong on the way, and stays so until it is mended.</summary>
    private IEnumerable<MatrixFault> Ways()
    {
        yield return Way("connection refused", () => MoveAsync(UrlAt("localhost", ClosedPort())), () => MoveAsync(url));
        yield return Way("an address that is not allowed", () => MoveAsync(UrlAt("[::1]", link.Port)), () => MoveAsync(url));
        yield return Way("every connection cut", link.Cut, link.Mend);
        yield return Way("a certificate of an authority that is not trusted", () => stand.WriteSecret("authority", stranger.Pem), Trust);
        yield return Way("the authority's secret is gone", () => File.Delete(Path.Combine(stand.Folder, "secrets", "authority")), Trust);
        yield return Way("400 to everything", () => partner.Refuses = _ => 400, () => partner.Refuses = _ => 0);
        yield return Way("401 to everything", () => partner.Refuses = _ => 401, () => partner.Refuses = _ => 0);
    }

    private static MatrixFault Way(string name, Action begin, Action end) => Way(name, Done(begin), Done(end));

    private static MatrixFault Way(string name, Func<Task> begin, Func<Task> end) => new(name, async stage =>
    {
        if (stage != FirstPart)
            return false;
        await begin();
        return true;
    })
    {
        MendAsync = end,
    };

    /// <summary>A report that the partner never takes.</summary>
    private IEnumerable<MatrixFault> Poisons()
    {
        foreach (var status in new[] { 400, 413 })
        {
            yield return new($"{status} to whatever holds one certain report", stage =>
            {
                var index = stage switch { FirstPart => 1, LaterPart => 6, LastPart => 23, _ => -1 };
                partner.Refuses = request => request.Ids.Any(id => id.EndsWith($"-{index}", StringComparison.Ordinal)) ? status : 0;
                return Task.FromResult(index >= 0);
            })
            {
                Poison = 1,
            };
        }
    }

    private void Trust() => stand.WriteSecret("authority", authority.Pem);

    private Task MoveAsync(string to) => stand.SaveAsync(Export with { Settings = Export.Settings with { Url = to } });

    private static string UrlAt(string host, int port) => $"https://{host}:{port}/v2/geosubmit";

    private static Func<Task> Done(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
