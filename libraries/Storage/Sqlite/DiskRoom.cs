using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Sqlite;

/// <summary>Whether the disk has more than its reserve left, which is for routing, outcomes and deletes (rule B8).</summary>
internal sealed class DiskRoom(string folder, SqliteOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);
    private readonly DriveInfo drive = new(folder);
    private long readAt = clock.GetTimestamp() - (clock.TimestampFrequency * 3600);
    private long freeBytes;
    private long reserveBytes;

    public long FreeBytes => Read().Free;

    public StoreRefusal? Refusal
    {
        get
        {
            var (free, reserve) = Read();
            return free >= reserve
                ? null
                : new("store_full", $"The disk of the store has {free} bytes left, and {reserve} are kept in reserve. Make room on it, or wait until deliveries have.", TimeSpan.FromSeconds(30));
        }
    }

    private (long Free, long Reserve) Read()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref readAt)) > Fresh)
        {
            Interlocked.Exchange(ref freeBytes, drive.AvailableFreeSpace);
            Interlocked.Exchange(ref reserveBytes, Math.Max(options.MinFreeBytes, (long)(drive.TotalSize * options.MinFreePercent / 100)));
            Interlocked.Exchange(ref readAt, clock.GetTimestamp());
        }

        return (Interlocked.Read(ref freeBytes), Interlocked.Read(ref reserveBytes));
    }
}
