using System.Globalization;

namespace Exporter.Bench.Server;

/// <summary>Resident memory of a process, from /proc.</summary>
internal sealed record ProcessMemory(int ProcessId)
{
    public long ResidentBytes => Read("VmRSS");

    public long PeakBytes => Read("VmHWM");

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
