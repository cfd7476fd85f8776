using System.Globalization;
using System.Text;
using Exporter.Reports.V1;

namespace Exporter.Bench.Load;

/// <summary>A POST of one report that is made once and sent many times, each time with another time of observation.</summary>
internal sealed class HttpPost
{
    private static ReadOnlySpan<byte> TimeName => "\"timestamp\":"u8;

    private readonly byte[] bytes;
    private readonly int timeAt;
    private readonly long milliseconds;

    public HttpPost(Report report)
    {
        var body = ReportPool.Json([report]);
        var head = $"POST /v2/geosubmit HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        bytes = [.. Encoding.ASCII.GetBytes(head), .. body];
        timeAt = bytes.AsSpan().IndexOf(TimeName) + TimeName.Length;
        milliseconds = long.Parse(bytes.AsSpan(timeAt, 13), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public ReadOnlyMemory<byte> Bytes => bytes;

    public void Stamp(int pass) => (milliseconds - pass).TryFormat(bytes.AsSpan(timeAt, 13), out _, default, CultureInfo.InvariantCulture);
}
