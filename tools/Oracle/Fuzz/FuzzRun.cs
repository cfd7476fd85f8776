using System.Collections.Concurrent;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Mutations;
using Exporter.Oracle.Fuzz.Targets;

namespace Exporter.Oracle.Fuzz;

/// <summary>Spoilt calls in number against a server, while clients that do nothing wrong go on calling it.</summary>
internal sealed class FuzzRun(FuzzOptions options, Target target, TextWriter output, TimeProvider clock)
{
    private const int MostFindings = 20;
    private const int ManyInputs = 5_000;
    private readonly FuzzTally tally = new();
    private readonly ConcurrentQueue<string> findings = new();
    private long next = -1;
    private long warm;
    private long resident;
    private long highest;

    /// <summary>Runs; whether all is well.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await output.WriteLineAsync($"Seed {options.Seed}, {(options.Only is { } only ? $"input {only}" : $"{options.Inputs} inputs")}.");
        var began = clock.GetTimestamp();
        using var stop = new CancellationTokenSource();
        List<HealthyClient> clients = [.. target.Clients];
        List<Task<string?>> healthy = [.. clients.Select(client => Task.Run(() => client.RunAsync(stop.Token), cancel))];
        var supply = new DraftSupply(options.Seed, target.Methods, options.Mutations);
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(supply, cancel), cancel)));
        await stop.CancelAsync();
        foreach (var fault in await Task.WhenAll(healthy))
            Find(fault);
        var took = clock.GetElapsedTime(began);

        target.Leave();
        await EndAsync(cancel);
        if (options.Only is null && options.Mutations.Count == 0 && options.Inputs >= ManyInputs)
            CheckMutations();
        await SayAsync(clients, took);
        return findings.IsEmpty;
    }

    private async Task WorkAsync(DraftSupply supply, CancellationToken cancel)
    {
        await using var worker = new FuzzWorker(target.Endpoint, options, tally, findings, clock);
        while (findings.Count < MostFindings && !target.Ended.IsCompleted)
        {
            var number = Interlocked.Increment(ref next);
            if (number == options.WarmUp)
                warm = target.Memory.Resident;
            if (number >= (options.Only is null ? options.Inputs : 1))
                return;
            number = options.Only ?? number;
            await worker.RunAsync(supply.Make(number), number, cancel);
        }
    }

    /// <summary>Waits until the server is at rest, looks at its memory, and asks it to stop.</summary>
    private async Task EndAsync(CancellationToken cancel)
    {
        if (target.Ended.IsCompleted)
        {
            Find($"The server ended with {await target.Ended}.");
        }
        else
        {
            Find(await RestAsync(target.HeldAsync, cancel));
            Find(warm > 0 ? await RestAsync(_ => Task.FromResult(GrowthFault()), cancel) : null);
            Find(target.Memory.Highest > options.MostBytes ? $"The server once had {Mebi(target.Memory.Highest)} MiB; it may have {Mebi(options.MostBytes)}." : null);
            resident = target.Memory.Resident;
            highest = target.Memory.Highest;
            Find(await StopAsync());
        }

        foreach (var line in target.Noise.Take(MostFindings))
            findings.Enqueue($"The server said: {line}");
    }

    private string? GrowthFault() => target.Memory.Resident - warm is var growth && growth > options.MostGrowthBytes
        ? $"The server's memory grew from {Mebi(warm)} MiB after {options.WarmUp} inputs to {Mebi(target.Memory.Resident)}; it may grow by {Mebi(options.MostGrowthBytes)}."
        : null;

    /// <summary>Waits until there is nothing to find fault with.</summary>
    private async Task<string?> RestAsync(Func<CancellationToken, Task<string?>> faultAsync, CancellationToken cancel)
    {
        for (var began = clock.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancel))
        {
            var fault = await faultAsync(cancel);
            if (fault is null || clock.GetElapsedTime(began) > options.LongestRest)
                return fault;
        }
    }

    private async Task<string?> StopAsync()
    {
        try
        {
            return await target.StopAsync(options.LongestRest) is not 0 and var code ? $"The server ended with {code} when it was asked to stop." : null;
        }
        catch (TimeoutException)
        {
            return $"The server did not stop within {options.LongestRest}: it still holds a call.";
        }
    }

    private void CheckMutations()
    {
        foreach (var mutation in Mutation.All.Where(mutation => target.Methods.Any(method => mutation.Fits(method)) && tally.CountOf(mutation.Name) == 0))
            Find($"The run never tried {mutation.Name}, and so shows too little.");
    }

    private void Find(string? fault)
    {
        if (fault is not null)
            findings.Enqueue(fault);
    }

    private async Task SayAsync(List<HealthyClient> clients, TimeSpan took)
    {
        foreach (var line in tally.Lines())
            await output.WriteLineAsync(line);
        await output.WriteLineAsync($"Alone: {string.Join(", ", tally.Totals())}.");
        await output.WriteLineAsync($"Beside them {clients.Sum(client => client.Calls)} healthy calls, the slowest {clients.Max(client => client.Slowest).TotalMilliseconds:F0} ms.");
        await output.WriteLineAsync($"Resident memory: {Mebi(warm)} MiB after {options.WarmUp} inputs, {Mebi(resident)} at rest, {Mebi(highest)} at most.");
        await output.WriteLineAsync($"{took.TotalSeconds:F0} s, {findings.Count} finding(s).");
        foreach (var finding in findings.Take(MostFindings))
            await output.WriteLineAsync($"  {finding}");
    }

    private static long Mebi(long bytes) => bytes / (1024 * 1024);
}
