using StackExchange.Redis;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>
/// One count that all instances share. Requests that come while it is on its way to Redis go together with the next sending.
/// A request waits for Redis only where it matters: far from its limit an instance lets in at most
/// <see cref="AheadOf"/> requests that Redis has not counted yet, and in the last tenth of a limit every request waits.
/// So each instance may let in at most that many beyond the limit, and does only if the others use up that tenth before its
/// next sending; one instance alone lets in none.
/// </summary>
internal sealed class SharedTally(RedisKey name, TimeSpan keptFor, SharedCounts counts)
{
    private const int AheadShare = 160;
    private const int ExactShare = 10;
    private const long MostAhead = 1000;
    private const long NoAnswer = -1;

    private readonly Lock changing = new();
    private TaskCompletionSource<long>? waiting;
    private long shared = NoAnswer;
    private long sent;
    private long unsent;
    private bool isSending;
    private bool isLate;
    private bool isQueued;

    /// <summary>How many requests one instance lets in before Redis has counted them.</summary>
    public static long AheadOf(long limit) => Math.Min(limit / AheadShare, MostAhead);

    /// <param name="limit">0 is none.</param>
    public ValueTask<LimitVerdict> CountAsync(long limit)
    {
        Task<long> before;
        long place;
        lock (changing)
        {
            unsent++;
            if (DecideAlone(limit) is { } verdict)
                return new(verdict);

            waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            (before, place) = (waiting.Task, unsent);
        }

        _ = SendAsync();
        return DecideAsync(before, place, limit);
    }

    /// <summary>Sends what is not sent, and goes on while requests wait.</summary>
    public async Task SendAsync()
    {
        while (Take(out var count, out var asked))
        {
            var call = counts.Link.AddAsync(name, count, Math.Max(shared, 0), keptFor);
            if (!await counts.Link.AnswersAsync(call))
                LetGo(asked);

            // Redis may still do it: what it did in the end holds, however late.
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Settle(count, call.IsCompletedSuccessfully ? call.Result : null);
            if (call.IsCompletedSuccessfully)
                asked?.TrySetResult(call.Result - count);
        }
    }

    private LimitVerdict? DecideAlone(long limit)
    {
        var isAway = isLate || !counts.Link.IsUp;
        var least = Math.Max(shared, 0) + sent + unsent;
        var ahead = AheadOf(limit);
        LimitVerdict? verdict =
            limit > 0 && least > limit ? LimitVerdict.Beyond
            : limit == 0 ? LimitVerdict.Within
            : isAway ? counts.Undecided()
            : shared >= 0 && sent + unsent <= ahead && shared <= limit - limit / ExactShare ? LimitVerdict.Within
            : null;
        if (verdict is not null && !isAway)
            Queue();
        return verdict;
    }

    private async ValueTask<LimitVerdict> DecideAsync(Task<long> before, long place, long limit)
    {
        var total = await before;
        return total == NoAnswer ? counts.Undecided() : total + place > limit ? LimitVerdict.Beyond : LimitVerdict.Within;
    }

    private bool Take(out long count, out TaskCompletionSource<long>? asked)
    {
        lock (changing)
        {
            isQueued = false;
            (count, asked) = (0, null);
            if (isSending)
                return false;

            (asked, waiting) = (waiting, null);
            if (unsent > 0 && counts.Link.IsUp)
            {
                (count, sent, unsent) = (unsent, unsent, 0);
                return isSending = true;
            }
        }

        asked?.TrySetResult(NoAnswer);
        return false;
    }

    private void LetGo(TaskCompletionSource<long>? asked)
    {
        TaskCompletionSource<long>? later;
        lock (changing)
        {
            isLate = true;
            (later, waiting) = (waiting, null);
        }

        asked?.TrySetResult(NoAnswer);
        later?.TrySetResult(NoAnswer);
    }

    private void Settle(long count, long? total)
    {
        lock (changing)
        {
            (isSending, isLate, sent) = (false, false, 0);
            if (total is { } known)
                shared = known;
            else
                unsent += count;
            if (unsent > 0 && waiting is null && counts.Link.IsUp)
                Queue();
        }
    }

    private void Queue()
    {
        if (isQueued)
            return;
        isQueued = true;
        counts.Queue(this);
    }
}
