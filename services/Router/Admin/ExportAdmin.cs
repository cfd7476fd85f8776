using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Queries;
using Microsoft.Extensions.Options;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class ExportAdmin(
    ExportCatalog catalog, IExportStore store, IDeliveryQueries queries, IExportProbe probe, IOptions<AdminOptions> options,
    TimeProvider clock, ILogger<ExportAdmin> log)
{
    public async Task<Wire.SaveExportResponse> CreateAsync(Wire.CreateExportRequest request, CancellationToken cancel)
    {
        var offered = request.Export ?? throw Refusal.Invalid("export", "Must be given.");
        var now = clock.GetUtcNow();
        var export = new ExportDefinition(
            Guid.CreateVersion7(now), offered.Name, (ExportKind)offered.Kind, offered.Enabled, ExportMapping.Read(offered.Settings),
            ConditionalPut.Unknown, now, now, 0) { IsPaused = offered.Paused };
        Check(export);
        Saved(await store.CreateAsync(export, cancel), export);

        var saved = await catalog.GetAsync(export.Id.ToString(), cancel);
        AdminLog.ExportCreated(log, saved.Name, saved.Kind, saved.Revision);
        return new Wire.SaveExportResponse { Export = await ShowAsync(saved, cancel) };
    }

    public async Task<Wire.Export> GetAsync(Wire.GetExportRequest request, CancellationToken cancel) =>
        await ShowAsync(await catalog.GetAsync(request.Export, cancel), cancel);

    public async Task<Wire.ListExportsResponse> ListAsync(CancellationToken cancel)
    {
        var snapshot = await catalog.LoadAsync(cancel);
        var response = new Wire.ListExportsResponse { Revision = snapshot.Revision };
        var circuits = (await queries.ReadCircuitsAsync(cancel)).ToDictionary(circuit => circuit.ExportId);
        response.Exports.AddRange(snapshot.ById.Values
            .OrderBy(export => export.Name, StringComparer.Ordinal)
            .Select(export => ExportMapping.Show(export, circuits.GetValueOrDefault(export.Id))));
        return response;
    }

    public async Task<Wire.SaveExportResponse> UpdateAsync(Wire.UpdateExportRequest request, CancellationToken cancel)
    {
        var offered = request.Export ?? throw Refusal.Invalid("export", "Must be given.");
        var standing = await catalog.GetAsync(offered.Id.Length > 0 ? offered.Id : offered.Name, cancel);
        if (offered.Kind != 0 && (ExportKind)offered.Kind != standing.Kind)
            throw Refusal.Invalid("export.kind", $"Must stay {ExportKindWord.Of(standing.Kind)}. Make another export for another kind.");

        var export = standing with
        {
            Name = offered.Name,
            IsEnabled = offered.Enabled,
            IsPaused = offered.HasPaused ? offered.Paused : standing.IsPaused,
            Settings = ExportMapping.Read(offered.Settings),
            UpdatedAt = clock.GetUtcNow(),
        };
        Check(export);
        await ForgetCheckAsync(standing, export, cancel);
        Saved(await store.UpdateAsync(export, cancel), export);

        var matched = await ApplySkipsAsync(export, request.ApplySkipRulesToWaiting, cancel);
        var saved = await catalog.GetAsync(export.Id.ToString(), cancel);
        AdminLog.ExportUpdated(log, saved.Name, saved.Revision, request.ApplySkipRulesToWaiting ? matched : 0);
        return new Wire.SaveExportResponse { Export = await ShowAsync(saved, cancel), WaitingMatchedCount = matched };
    }

    public async Task<Wire.Export> PauseAsync(string idOrName, bool isPaused, CancellationToken cancel)
    {
        var standing = await catalog.GetAsync(idOrName, cancel);
        if (standing.IsPaused != isPaused)
        {
            Saved(await store.UpdateAsync(standing with { IsPaused = isPaused, UpdatedAt = clock.GetUtcNow() }, cancel), standing);
            standing = await catalog.GetAsync(standing.Id.ToString(), cancel);
            AdminLog.PauseChanged(log, standing.Name, isPaused ? "paused" : "resumed", standing.Revision);
        }

        return await ShowAsync(standing, cancel);
    }

    public async Task<Wire.DeleteExportResponse> DeleteAsync(Wire.DeleteExportRequest request, CancellationToken cancel)
    {
        if (request.DiscardCount < 0)
            throw Refusal.Invalid("discard_count", $"Must be 0 or more, found {request.DiscardCount}.");

        var export = await catalog.GetAsync(request.Export, cancel);
        var held = await store.DeleteAsync(export.Id, request.DiscardCount, cancel) ?? throw Gone(export);
        if (held != request.DiscardCount)
            throw Refusal.Precondition(
                $"Export '{export.Name}' holds {held} report(s) that wait, are in flight or are dead letters, and discard_count is "
                + $"{request.DiscardCount}. Deleting it discards them: give discard_count {held} (--discard {held}) to do so.");

        AdminLog.ExportDeleted(log, held > 0 ? LogLevel.Warning : LogLevel.Information, export.Name, held);
        return new Wire.DeleteExportResponse { DiscardedCount = held };
    }

    public async Task<Wire.CheckExportResponse> CheckAsync(Wire.CheckExportRequest request, CancellationToken cancel)
    {
        var export = await catalog.GetAsync(request.Export, cancel);
        if (export.Kind is not (ExportKind.S3 or ExportKind.Geosubmit))
            throw Refusal.Precondition(
                $"Export '{export.Name}' is of kind {ExportKindWord.Of(export.Kind)}. Only exports of kind s3 and geosubmit can be checked.");

        var found = await probe.CheckAsync(export, cancel);
        if (found.ConditionalPut != ConditionalPut.Unknown)
            await store.RecordCheckAsync(export.Id, found.ConditionalPut, cancel);
        var response = new Wire.CheckExportResponse { ConditionalPut = (Wire.ConditionalPut)found.ConditionalPut };
        response.Steps.AddRange(
            found.Steps.Select(step => new Wire.CheckStep { Name = step.Name, Passed = step.Passed, Detail = step.Detail }));
        return response;
    }

    public async Task<Wire.MoveWaitingBatchesResponse> MoveWaitingAsync(Wire.MoveWaitingBatchesRequest request, CancellationToken cancel)
    {
        var export = await catalog.GetAsync(request.Export, cancel);
        var (moved, kept) = await store.MoveWaitingAsync(export.Id, cancel);
        AdminLog.BatchesMoved(log, moved, export.Name, kept);
        return new Wire.MoveWaitingBatchesResponse { MovedCount = moved, KeptCount = kept };
    }

    private async Task<Wire.Export> ShowAsync(ExportDefinition export, CancellationToken cancel) =>
        ExportMapping.Show(export, (await queries.ReadCircuitsAsync(cancel)).FirstOrDefault(circuit => circuit.ExportId == export.Id));

    private void Check(ExportDefinition export) =>
        Refusal.Throw([.. ExportProblems.Of(export, options.Value.EffectiveFileRoots)
            .Select(problem => problem with { Field = "export." + problem.Field })]);

    // What was found out about one store does not hold for another (rule O3). Forgotten first: not knowing is safe.
    private async Task ForgetCheckAsync(ExportDefinition standing, ExportDefinition export, CancellationToken cancel)
    {
        var (old, now) = (standing.Settings, export.Settings);
        if (standing.ConditionalPut != ConditionalPut.Unknown && (old.Url != now.Url || old.Objects.Endpoint != now.Objects.Endpoint))
            await store.RecordCheckAsync(export.Id, ConditionalPut.Unknown, cancel);
    }

    private Task<long> ApplySkipsAsync(ExportDefinition export, bool discard, CancellationToken cancel)
    {
        var (keys, sources) = (export.Settings.SkipKeys, export.Settings.SkipSources);
        if (keys.Count == 0 && sources.Count == 0)
            return Task.FromResult(0L);

        return discard
            ? store.DiscardUnsealedAsync(export.Id, keys, sources, cancel)
            : store.CountUnsealedAsync(export.Id, keys, sources, cancel);
    }

    private static void Saved(SaveResult result, ExportDefinition export)
    {
        if (result == SaveResult.Saved)
            return;

        throw result switch
        {
            SaveResult.NameTaken => Refusal.AlreadyExists($"Another export has the name '{export.Name}'. Choose another."),
            SaveResult.SecondInternal =>
                Refusal.Precondition("There is an export of kind internal already, and one is the most. Change that one."),
            SaveResult.NotFound => Gone(export),
            _ => new InvalidOperationException($"The store answered {result}."),
        };
    }

    private static Grpc.Core.RpcException Gone(ExportDefinition export) =>
        Refusal.NotFound($"Export '{export.Name}' is not there any more: it was deleted meanwhile.");
}
