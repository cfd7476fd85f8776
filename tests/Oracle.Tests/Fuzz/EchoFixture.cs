using System.Collections.Concurrent;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Mutations;
using Exporter.Oracle.Fuzz.Targets;

namespace Exporter.Oracle.Fuzz;

/// <summary>A server with all four kinds of call, and inputs of chosen mutations to it.</summary>
public sealed class EchoFixture : IAsyncLifetime
{
    private static readonly FuzzOptions Options = new();

    internal Target Target { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Target = await EchoServerTarget.StartAsync(TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Spoils a call of every kind in each of some ways, several times, all at once.</summary>
    /// <returns>What is wrong with how they ended.</returns>
    internal async Task<IReadOnlyCollection<string>> RunAsync(int times, params IReadOnlyList<string> mutations)
    {
        var findings = new ConcurrentQueue<string>();
        var inputs =
            from name in mutations
            from mutation in Mutation.All.Where(each => each.Name == name)
            from method in Target.Methods.Where(each => mutation.Fits(each))
            from seed in Enumerable.Range(0, times)
            select Task.Run(async () =>
            {
                await using var worker = new FuzzWorker(Target.Endpoint, Options, new FuzzTally(), findings, TimeProvider.System);
                await worker.RunAsync(DraftSupply.Make(method, new Random(seed), mutation), seed, TestContext.Current.CancellationToken);
            });
        var all = inputs.ToList();
        all.ShouldNotBeEmpty();
        await Task.WhenAll(all);
        return findings;
    }

    public async ValueTask DisposeAsync() => await Target.DisposeAsync();
}
