using Exporter.Delivery.Addresses;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Secrets;
using Exporter.GeosubmitExport.Requests;

namespace Exporter.GeosubmitExport.Checks;

/// <summary>Tries a partner out with a request of no reports, and tells how far it came.</summary>
internal sealed class PartnerProbe(PartnerClient partner, SecretFolder secrets, GuardedHandlers handlers) : IDestinationProbe
{
    private static readonly (string Name, string[] ErrorTypes, string Passed)[] OnTheWay =
    [
        ("name", ["name", "address_refused"], "The host has an address that may be connected to."),
        ("connect", ["connection", "timeout"], "The partner can be reached."),
        ("tls", ["tls"], "The partner's certificate is trusted."),
    ];

    public ExportKind Kind => ExportKind.Geosubmit;

    public async Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel)
    {
        if (Secrets(export) is { Passed: false } step)
            return new([step], ConditionalPut.Unknown);

        using var body = RequestBody.Of([]);
        var answer = await partner.PostAsync(export, body, key: null, () => { }, cancel);
        return new([Secrets(export), .. Steps(answer)], ConditionalPut.Unknown);
    }

    private ProbeStep Secrets(ExportDefinition export)
    {
        try
        {
            secrets.ResolveUrl(export.Settings.Url);
            handlers.Of(export.Settings.AuthoritySecret);
            return new("secrets", true, "Every secret that is named is there.");
        }
        catch (SecretException e)
        {
            return new("secrets", false, e.Message);
        }
    }

    private static IEnumerable<ProbeStep> Steps(PartnerAnswer answer)
    {
        // A 408 is an answer too, but then the partner was reached: what it said is the same sentence.
        var fault = (answer as PartnerAnswer.Failed)?.Cause;
        foreach (var (name, errorTypes, passed) in OnTheWay)
        {
            if (fault is not null && errorTypes.Contains(fault.ErrorType))
            {
                yield return new(name, false, fault.Detail);
                yield break;
            }

            yield return new(name, true, passed);
        }

        yield return answer switch
        {
            PartnerAnswer.Accepted => new("post", true, "A request without reports was accepted."),
            PartnerAnswer.Refused => new("post", false, "The partner was reached, and refused a request without reports. Check the path of the export's url, and ask the partner."),
            _ => new("post", false, fault!.Detail),
        };
    }
}
