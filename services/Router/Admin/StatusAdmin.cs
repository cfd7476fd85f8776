using System.Reflection;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class StatusAdmin(ExportCatalog catalog, IDeliveryQueries queries)
{
    private const double NearlyFull = 0.8;

    private static readonly string Version =
        typeof(StatusAdmin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public async Task<Wire.GetStatusResponse> GetAsync(CancellationToken cancel)
    {
        var snapshot = await catalog.LoadAsync(cancel);
        var books = await queries.ReadBooksAsync(cancel);
        var store = await queries.ReadStoreAsync(cancel);
        var circuits = (await queries.ReadCircuitsAsync(cancel)).Where(circuit => snapshot.ById.ContainsKey(circuit.ExportId)).ToList();
        var response = new Wire.GetStatusResponse
        {
            Version = Version,
            Revision = snapshot.Revision,
            UnroutedBlocks = store.UnroutedBlocks,
            StoreBytes = store.StoreBytes,
            FreeBytes = store.FreeBytes,
        };
        response.Books.AddRange(
            books.Select(entry => BatchMapping.Show(entry, snapshot)).OrderBy(entry => entry.ExportName, StringComparer.Ordinal));
        response.Circuits.AddRange(circuits
            .Select(circuit => BatchMapping.Show(circuit, snapshot.ById[circuit.ExportId].Name))
            .OrderBy(circuit => circuit.ExportName, StringComparer.Ordinal));
        response.PausedExports.AddRange(
            snapshot.ById.Values.Where(export => export.IsPaused).Select(export => export.Name).Order(StringComparer.Ordinal));
        response.Problems.AddRange(store.Problems);
        if (snapshot.Enabled.Count == 0)
            response.Problems.Add("No export is enabled: reports wait in the store and go nowhere. Create or enable one.");
        response.Problems.AddRange(circuits.SelectMany(circuit => ProblemsOf(circuit, snapshot.ById[circuit.ExportId])));
        response.Problems.AddRange(books.SelectMany(entry => ProblemsOf(entry, snapshot)));
        return response;
    }

    // Whoever is disabled or paused sends nothing anyway.
    private static IEnumerable<string> ProblemsOf(CircuitView circuit, ExportDefinition export) =>
        circuit.IsOpen && export.IsEnabled && !export.IsPaused
            ? [$"Export '{export.Name}' waits for its destination since {circuit.Since:u} ({circuit.ErrorType}): {circuit.ErrorDetail} Its batches are kept."]
            : [];

    private static IEnumerable<string> ProblemsOf(Books books, ExportSnapshot snapshot)
    {
        if (!snapshot.ById.TryGetValue(books.ExportId, out var export))
            yield break;

        if (!books.Balance)
            yield return $"The books of export '{export.Name}' don't balance: {books.Routed} routed, {books.Delivered} delivered, "
                + $"{books.Waiting} waiting, {books.InFlight} in flight, {books.Dead} dead, {books.Discarded} discarded. "
                + "This is a fault of Exporter: please report it.";

        if (books.Dead > 0)
            yield return $"Export '{export.Name}' has {books.Dead} report(s) in its dead letters. List, replay or discard them with 'exporter deadletters'.";

        var limit = export.Settings.MaxWaitingReports;
        if (limit > 0 && books.Waiting >= limit * NearlyFull)
            yield return $"Export '{export.Name}' holds {books.Waiting} waiting reports of at most {limit}. "
                + "Find out why it does not deliver, or raise max_waiting_reports.";
    }
}
