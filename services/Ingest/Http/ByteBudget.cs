namespace Exporter.Ingest.Http;

/// <summary>Memory that requests share; what does not fit is refused.</summary>
internal sealed class ByteBudget(long capacity)
{
    private long taken;

    public long Taken => Interlocked.Read(ref taken);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= capacity)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}
