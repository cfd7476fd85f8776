using System.Globalization;

namespace Exporter.Bench.Server;

/// <summary>Processor time of the whole machine since it began, from /proc/stat.</summary>
internal readonly record struct MachineTime(TimeSpan Busy, TimeSpan Stolen)
{
    private const long TicksPerTick = TimeSpan.TicksPerSecond / 100;
    private const int Idle = 3;
    private const int Waiting = 4;
    private const int Steal = 7;

    public static MachineTime Now()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(field => TimeSpan.FromTicks(long.Parse(field, CultureInfo.InvariantCulture) * TicksPerTick)).ToList();
        var busy = fields.Where((_, i) => i is not (Idle or Waiting or Steal)).Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        return new(busy, fields[Steal]);
    }
}
