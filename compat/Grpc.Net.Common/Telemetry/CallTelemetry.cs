using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Grpc.Net.Telemetry;

/// <summary>How calls of one side are measured: OpenTelemetry's duration histogram, in milliseconds, beside the event counters.</summary>
internal sealed class CallTelemetry(string name, string durationName, string durationText)
{
    /// <summary>Stands for services and methods that are not there, whose names callers make up.</summary>
    public const string Other = "_OTHER";

    private static readonly object[] Codes = [.. Enumerable.Range(0, 17).Select(code => (object)code)];

    private readonly Histogram<double> _duration = new Meter(name).CreateHistogram<double>(durationName, "ms", durationText);

    public CallCounters Counters { get; } = new(name);

    public CallMeasurement Begin() => new(_duration.Enabled ? TimeProvider.System.GetTimestamp() : 0, Counters.BeginCall());

    public void End(CallMeasurement begun, string service, string method, StatusCode status)
    {
        if (begun.IsCounted)
            Counters.EndCall(status);
        if (begun.Timestamp != 0)
            Record(TimeProvider.System.GetElapsedTime(begun.Timestamp), service, method, status);
    }

    public void RecordUnimplemented(string service)
    {
        Counters.CountUnimplemented();
        if (_duration.Enabled)
            Record(TimeSpan.Zero, service, Other, StatusCode.Unimplemented);
    }

    private void Record(TimeSpan duration, string service, string method, StatusCode status)
    {
        var code = (int)status is >= 0 and <= 16 and var known ? known : (int)StatusCode.Unknown;
        _duration.Record(duration.TotalMilliseconds, new TagList
        {
            { "rpc.system", "grpc" },
            { "rpc.service", service },
            { "rpc.method", method },
            { "rpc.grpc.status_code", Codes[code] },
        });
    }
}
