using System.Text;

namespace Exporter.Faults.Matrix;

/// <summary>Faults by stages.</summary>
/// <param name="Title">Of the table in the page.</param>
/// <param name="Stages">Its columns.</param>
/// <param name="Faults">Its rows.</param>
internal sealed record MatrixTable(string Title, IReadOnlyList<string> Stages, IReadOnlyList<MatrixFault> Faults)
{
    /// <summary>Runs every cell; the table as the page has it.</summary>
    public async Task<string> RunAsync(Func<MatrixFault, string, Task<string>> cell)
    {
        var text = new StringBuilder();
        text.AppendLine($"| fault | {string.Join(" | ", Stages)} |");
        text.AppendLine($"|---{string.Concat(Stages.Select(_ => "|---"))}|");
        foreach (var fault in Faults)
        {
            var cells = new List<string>();
            foreach (var stage in Stages)
                cells.Add(await cell(fault, stage));
            text.AppendLine($"| {fault.Name} | {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }
}
