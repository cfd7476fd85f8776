using System.Diagnostics;
using Exporter.Bench.Load;
using Exporter.Bench.Runs;
using Exporter.Reports.V1;

namespace Exporter.Bench.Services;

/// <summary>One load over all legs of a run, so that no report is sent twice, and the backlog as the books tell it.</summary>
internal sealed class ServiceLoad : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly ServiceBench bench;
    private readonly StreamLoad load;
    private readonly BacklogGate gate;
    private readonly Task sending;
    private readonly long begun = Stopwatch.GetTimestamp();

    private ServiceLoad(ServiceBench bench, StreamLoad load, BacklogGate gate)
    {
        (this.bench, this.load, this.gate) = (bench, load, gate);
        sending = load.RunAsync(gate.MoreAsync);
    }

    public long Answered => load.Answered;

    public static async Task<ServiceLoad> StartAsync(ServiceBench bench, IReadOnlyList<Report> reports, RunOptions options)
    {
        var load = new StreamLoad(bench.Grpc, await bench.Admin.CreateKeysAsync(options.Streams), reports, options.Message);
        return new(bench, load, new(options.Rate, 20L * options.Batch + 100_000));
    }

    /// <summary>Lets the load go on for so long; the books every 250 ms.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="look">Called beside, about every two seconds.</param>
    public async Task<List<BacklogSample>> ForAsync(TimeSpan duration, Func<Task>? look = null)
    {
        var from = Stopwatch.GetTimestamp();
        var samples = new List<BacklogSample>();
        while (true)
        {
            samples.Add(await SampleAsync());
            if (sending.IsCompleted)
                await sending;
            bench.ThrowIfAmiss();
            if (Stopwatch.GetElapsedTime(from) >= duration)
                return samples;
            if (look is not null && samples.Count % 8 == 0)
                await look();
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Lets so many more reports be under way to their objects.</summary>
    public void Widen(long reports) => gate.Widen(reports);

    /// <summary>Ends the load and waits until everything that was answered is delivered.</summary>
    /// <exception cref="InvalidOperationException">Nothing moved for minutes.</exception>
    public async Task<List<BacklogSample>> DrainAsync()
    {
        gate.Close();
        await sending;
        var samples = new List<BacklogSample>();
        while (samples.Count == 0 || samples[^1].Backlog > 0)
        {
            samples.Add(await SampleAsync());
            bench.ThrowIfAmiss();
            if (samples.Find(sample => sample.Delivered == samples[^1].Delivered)!.At < samples[^1].At - Patience)
                throw new InvalidOperationException($"{samples[^1].Backlog} answered reports do not arrive. Run again with more warm-up, or look for dead letters.");
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }

        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        gate.Close();
        await Task.WhenAny(sending);
    }

    private async Task<BacklogSample> SampleAsync()
    {
        var delivered = (await bench.Admin.BooksAsync()).Delivered;
        gate.Note(delivered);
        return new(Stopwatch.GetElapsedTime(begun), load.Answered, delivered);
    }
}
