using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Logs;

/// <summary>The last console lines of an instance. Who reads slowly misses lines, and holds up nobody.</summary>
internal sealed class ResourceLog(Secrets secrets)
{
    public const int MostLines = 2000;
    private readonly Lock adding = new();
    private readonly Queue<LogLine> lines = new();
    private int count;
    private TaskCompletionSource added = NewSignal();

    public void Add(string content, bool isError)
    {
        var masked = secrets.InText(content);
        TaskCompletionSource signal;
        lock (adding)
        {
            lines.Enqueue(new(++count, masked, isError));
            if (lines.Count > MostLines)
                lines.Dequeue();
            signal = added;
            added = NewSignal();
        }

        signal.SetResult();
    }

    public IReadOnlyList<LogLine> After(int number)
    {
        lock (adding)
            return [.. lines.Where(line => line.LineNumber > number)];
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(int after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (adding)
                next = added.Task;
            var news = After(after);
            if (news.Count > 0)
            {
                after = news[^1].LineNumber;
                yield return news;
            }

            await next.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
