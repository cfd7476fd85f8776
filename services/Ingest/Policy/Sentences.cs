using Exporter.Ingest.V1;

namespace Exporter.Ingest.Policy;

/// <summary>What clients are told about a rejected report.</summary>
internal static class Sentences
{
    public static string For(RejectReason reason) => reason switch
    {
        RejectReason.OutOfRange =>
            "A latitude is from -90 to 90, a longitude from -180 to 180 degrees. Leave both out when there is no position.",
        RejectReason.TooManyNetworks => $"A report holds at most {ReportPolicy.MaxNetworks} networks. Send several reports.",
        RejectReason.StringTooLong => $"A string has at most {TextRule.MaxBytes} bytes in UTF-8.",
        _ => "A value has the wrong type.",
    };
}
