namespace Exporter.Oracle.Clients;

/// <summary>Tells the clients which process lives.</summary>
internal sealed class LifeBoard
{
    private volatile TaskCompletionSource<Life> current = New();

    /// <summary>The living process; waits while there is none.</summary>
    public Task<Life> CurrentAsync(CancellationToken cancel) => current.Task.WaitAsync(cancel);

    public void Put(Life life) => current.SetResult(life);

    public void Clear() => current = New();

    private static TaskCompletionSource<Life> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
