using System.Runtime.CompilerServices;
using System.Text.Json;
using Exporter.Admin.V1;
using Exporter.Oracle.Checks;
using Exporter.TestKit.Partners;

namespace Exporter.Oracle.Destinations;

/// <summary>
/// An HTTPS partner in this process, which outlives what is killed. It fails at random: it refuses, breaks connections, and takes
/// reports without saying so. It remembers no keys, so that what comes twice is seen: under one key it counts once, and must be the same.
/// </summary>
internal sealed class PartnerDestination : IDestination, IAsyncDisposable
{
    /// <summary>The secret that holds the authority of its certificate.</summary>
    public const string Authority = "authority";

    private const double FaultShare = 0.25;

    private static readonly PartnerFault[] Faults =
    [
        PartnerFault.Answer(500), PartnerFault.Answer(503, "0"), PartnerFault.Answer(429, "0"), PartnerFault.Answer(408),
        new(PartnerEffect.Reset), new(PartnerEffect.ResetAfter), new(PartnerEffect.AnswerAfter, 502),
    ];

    private readonly TestAuthority authority;
    private readonly PartnerDouble partner;
    private readonly Random random;
    private readonly Lock gate = new();

    private PartnerDestination(TestAuthority authority, PartnerDouble partner, Random random)
    {
        (this.authority, this.partner, this.random) = (authority, partner, random);
        partner.HonoursKeys = false;
        partner.Refuses = _ => Order();
    }

    /// <summary>What clients have to trust, in PEM.</summary>
    public string Pem => authority.Pem;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<PartnerDestination> StartAsync(Random random)
    {
        var authority = new TestAuthority();
        return new(authority, await PartnerDouble.StartAsync(authority.Issue(["localhost"])), random);
    }

    public void Address(ExportSettings settings) => (settings.Url, settings.AuthoritySecret) = (partner.Url, Authority);

    public async IAsyncEnumerable<Arrival> LookAsync(IReadOnlySet<string> known, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var repeats in partner.Accepted.GroupBy(request => request.Key))
        {
            cancel.ThrowIfCancellationRequested();
            var place = $"request {repeats.Key}";
            if (repeats.Key.Length == 0 || repeats.Any(request => request.Text != repeats.First().Text))
                yield return new(place) { Fault = (FindingKind.Changed, $"{repeats.Count()} requests with the key '{repeats.Key}' are not the same.") };
            else if (!known.Contains(place))
                yield return new(place) { Reports = [.. JsonSerializer.Deserialize<JsonElement>(repeats.First().Text).GetProperty("items").EnumerateArray()] };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await partner.DisposeAsync();
        authority.Dispose();
    }

    /// <summary>Takes this request, and now and then spoils the next.</summary>
    private int Order()
    {
        lock (gate)
        {
            if (random.NextDouble() < FaultShare)
                partner.FailNext(Faults[random.Next(Faults.Length)]);
        }

        return 0;
    }
}
