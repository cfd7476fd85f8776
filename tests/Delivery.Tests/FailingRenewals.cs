using System.Reflection;
using Exporter.Delivery.Batches;

namespace Exporter.Delivery;

/// <summary>A store that throws at the first renewal of a lease, and is itself in all else. Public, since its proxy is made at run time, in another assembly.</summary>
public class FailingRenewals : DispatchProxy
{
    private IBatchStore store = null!;
    private int renewals;

    /// <summary>Renewals asked for, with the one that failed.</summary>
    public int Renewals => Volatile.Read(ref renewals);

    public static (IBatchStore Store, FailingRenewals Renewals) Around(IBatchStore store)
    {
        var proxy = Create<IBatchStore, FailingRenewals>();
        var renewals = (FailingRenewals)(object)proxy;
        renewals.store = store;
        return (proxy, renewals);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IBatchStore.RenewAsync) && Interlocked.Increment(ref renewals) == 1
            ? Task.FromException<bool>(new IOException("The store is away."))
            : targetMethod.Invoke(store, args);
}
