using Exporter.Delivery.Exports;

namespace Exporter.Router.Admin;

internal sealed class ExportCatalog(IExportStore store)
{
    public Task<ExportSnapshot> LoadAsync(CancellationToken cancel) => store.LoadAsync(cancel);

    public async Task<ExportDefinition> GetAsync(string idOrName, CancellationToken cancel) =>
        Find(await store.LoadAsync(cancel), idOrName);

    public static ExportDefinition Find(ExportSnapshot snapshot, string idOrName)
    {
        if (idOrName.Length == 0)
            throw Refusal.Invalid("export", "Must be the id or the name of an export, found nothing.");

        return snapshot.Find(idOrName)
            ?? throw Refusal.NotFound($"There is no export '{Short(idOrName)}'. Names are case-sensitive; ListExports shows them.");
    }

    public static Guid? IdOf(ExportSnapshot snapshot, string idOrNameOrEmpty) =>
        idOrNameOrEmpty.Length == 0 ? null : Find(snapshot, idOrNameOrEmpty).Id;

    public static string NameOf(ExportSnapshot snapshot, Guid id) => snapshot.ById.TryGetValue(id, out var export) ? export.Name : "";

    private static string Short(string text) =>
        text.Length <= ExportDefinition.MaxNameLength ? text : text[..ExportDefinition.MaxNameLength] + "…";
}
