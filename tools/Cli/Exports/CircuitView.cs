using Exporter.Admin.V1;
using Exporter.Cli.Output;

namespace Exporter.Cli.Exports;

// How an export's destination fares, in words.
internal static class CircuitView
{
    public static string Short(Circuit? circuit) => circuit is { Open: true } ? $"open ({circuit.ErrorType})" : "closed";

    public static string Long(Circuit? circuit) => circuit is null
        ? "closed"
        : $"{(circuit.Open ? "open" : "closed")}, {Words.Of(circuit.FaultCount)} fault(s) in a row since {Words.Of(circuit.Since)}"
            + (circuit.Open ? $", next try {Words.Of(circuit.PausedUntil)}" : "");

    public static string Fault(Circuit? circuit) => circuit is null ? "" : $"{circuit.ErrorType}: {circuit.ErrorDetail}";

    public static void List(Screen screen, IReadOnlyCollection<Circuit> circuits)
    {
        if (circuits.Count > 0)
            screen.Table(
                ["EXPORT", "CIRCUIT", "FAULTS", "SINCE", "NEXT TRY", "ERROR"],
                circuits.Select(circuit => (IReadOnlyList<string>)
                [
                    circuit.ExportName, circuit.Open ? "open" : "closed", Words.Of(circuit.FaultCount), Words.Of(circuit.Since),
                    Words.Of(circuit.PausedUntil), Fault(circuit),
                ]));
    }
}
