namespace Exporter.Oracle.Clients;

/// <summary>Tells the clients which processes live.</summary>
internal sealed class LifeBoard
{
    private readonly Lock gate = new();
    private readonly List<Life> lives = [];
    private TaskCompletionSource someLive = New();

    /// <summary>One of the living processes; waits while there is none.</summary>
    public async Task<Life> AnyAsync(Random random, CancellationToken cancel)
    {
        while (true)
        {
            Task some;
            lock (gate)
            {
                if (lives.Count > 0)
                    return lives[random.Next(lives.Count)];
                some = someLive.Task;
            }

            await some.WaitAsync(cancel);
        }
    }

    public void Put(Life life)
    {
        lock (gate)
        {
            lives.Add(life);
            someLive.TrySetResult();
        }
    }

    public void Remove(Life life)
    {
        lock (gate)
        {
            if (lives.Remove(life) && lives.Count == 0)
                someLive = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
