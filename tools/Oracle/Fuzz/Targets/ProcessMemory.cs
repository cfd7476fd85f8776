using System.Globalization;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>Resident memory of a process, as the kernel counts it.</summary>
internal sealed class ProcessMemory(int processId)
{
    private const int Kibi = 1024;

    /// <summary>Bytes now.</summary>
    public long Resident => Read("VmRSS:");

    /// <summary>The most bytes that there were.</summary>
    public long Highest => Read("VmHWM:");

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Process {processId} has no {name} in /proc: it has ended.");
        return long.Parse(line.AsSpan(name.Length).Trim(" \tkB"), CultureInfo.InvariantCulture) * Kibi;
    }
}
