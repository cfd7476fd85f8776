using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Exporter.Storage;

/// <summary>The databases behind the storage seams.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory over every kind of store: what it tells is the contract of all.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryStoreAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<StoreKind>().Select(kind => new TheoryDataRow(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
