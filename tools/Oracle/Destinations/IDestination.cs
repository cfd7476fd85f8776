using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>Where the reports of one export arrive, looked at with nothing of Exporter's own. A further kind is one more of these.</summary>
internal interface IDestination
{
    /// <summary>Writes into an export's settings where this is.</summary>
    void Address(ExportSettings settings);

    /// <summary>Everything that has arrived, but for what is known already.</summary>
    /// <param name="known">Places of earlier looks.</param>
    /// <param name="cancel">Stops the look.</param>
    IAsyncEnumerable<Arrival> LookAsync(IReadOnlySet<string> known, CancellationToken cancel);
}
