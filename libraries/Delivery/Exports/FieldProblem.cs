namespace Exporter.Delivery.Exports;

/// <summary>One fault of a configuration.</summary>
/// <param name="Field">Path in the contract's names, such as <c>settings.batch_reports</c>.</param>
/// <param name="Sentence">What is asked for, the value found and what to do; without secrets.</param>
public sealed record FieldProblem(string Field, string Sentence);
