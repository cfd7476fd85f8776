namespace Exporter.Faults.Matrix;

/// <summary>A row of a table.</summary>
/// <param name="Name">What goes wrong.</param>
/// <param name="ArmAsync">Orders it for a stage; false where it can't happen there.</param>
internal sealed record MatrixFault(string Name, Func<string, Task<bool>> ArmAsync)
{
    /// <summary>Ends a fault that lasts; called when the circuit is open.</summary>
    public Func<Task>? MendAsync { get; init; }

    /// <summary>Whether the destination takes reports at this stage, and nothing remembers it.</summary>
    public Func<string, bool> LosesAnswer { get; init; } = _ => false;

    /// <summary>How many reports of a cell the destination never takes.</summary>
    public int Poison { get; init; }
}
