namespace Aspire.Hosting.StatusPage;

/// <summary>An instance as the page shows it.</summary>
internal sealed record ResourceRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string State { get; init; }

    public string? Health { get; init; }

    public string? Detail { get; init; }

    public string? Runs { get; init; }

    public int? ExitCode { get; init; }

    public int Restarts { get; init; }

    public DateTime? Started { get; init; }

    public required IReadOnlyList<UrlRow> Urls { get; init; }

    public required IReadOnlyList<CheckRow> Checks { get; init; }

    public required IReadOnlyList<VariableRow> Environment { get; init; }
}

/// <summary>An endpoint.</summary>
internal sealed record UrlRow(string Name, string Url, bool Internal);

/// <summary>A health check's word.</summary>
internal sealed record CheckRow(string Name, string? Status, string Text);

/// <summary>A variable, its value fit to be shown.</summary>
internal sealed record VariableRow(string Name, string Value);
