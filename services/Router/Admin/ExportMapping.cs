using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Google.Protobuf.WellKnownTypes;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

// The enums of the contract and of Delivery have the same numbers; a test holds them together.
internal static class ExportMapping
{
    private static readonly ExportSettings Defaults = new();

    public static ExportSettings Read(Wire.ExportSettings? wire)
    {
        wire ??= new Wire.ExportSettings();
        return new ExportSettings
        {
            Url = wire.Url,
            BatchReports = wire.HasBatchReports ? wire.BatchReports : Defaults.BatchReports,
            MaxDelay = Read(wire.MaxDelay) ?? Defaults.MaxDelay,
            MaxBatchBytes = wire.HasMaxBatchBytes ? wire.MaxBatchBytes : Defaults.MaxBatchBytes,
            SkipKeys = [.. wire.SkipKeys],
            SkipSources = [.. wire.SkipSources],
            Concurrency = wire.HasConcurrency ? wire.Concurrency : Defaults.Concurrency,
            MaxAttempts = wire.HasMaxAttempts ? wire.MaxAttempts : Defaults.MaxAttempts,
            MaxAge = Read(wire.MaxAge) ?? Defaults.MaxAge,
            FirstBackOff = Read(wire.FirstBackOff),
            LongestBackOff = Read(wire.LongestBackOff),
            AuthoritySecret = wire.AuthoritySecret,
            RetainDelivered = Read(wire.RetainDelivered) ?? Defaults.RetainDelivered,
            FullPolicy = wire.FullPolicy == 0 ? Defaults.FullPolicy : (FullPolicy)wire.FullPolicy,
            MaxWaitingReports = wire.HasMaxWaitingReports ? wire.MaxWaitingReports : Defaults.MaxWaitingReports,
            Objects = ObjectMapping.Read(wire.Object),
        };
    }

    public static Wire.Export Show(ExportDefinition export, CircuitView? circuit) => new()
    {
        Id = export.Id.ToString(),
        Name = export.Name,
        Kind = (Wire.ExportKind)export.Kind,
        Enabled = export.IsEnabled,
        Settings = Show(export, export.Settings),
        CreatedAt = export.CreatedAt.ToTimestamp(),
        UpdatedAt = export.UpdatedAt.ToTimestamp(),
        Revision = export.Revision,
        ConditionalPut = (Wire.ConditionalPut)export.ConditionalPut,
        Paused = export.IsPaused,
        Circuit = circuit is null ? null : BatchMapping.Show(circuit, export.Name),
    };

    private static Wire.ExportSettings Show(ExportDefinition export, ExportSettings settings) => new()
    {
        Url = settings.Url,
        BatchReports = settings.BatchReports,
        MaxDelay = settings.MaxDelay.ToDuration(),
        MaxBatchBytes = settings.MaxBatchBytes,
        SkipKeys = { settings.SkipKeys },
        SkipSources = { settings.SkipSources },
        Concurrency = settings.Concurrency,
        MaxAttempts = settings.MaxAttempts,
        MaxAge = settings.MaxAge.ToDuration(),
        FirstBackOff = settings.FirstBackOff?.ToDuration(),
        LongestBackOff = settings.LongestBackOff?.ToDuration(),
        AuthoritySecret = settings.AuthoritySecret,
        RetainDelivered = settings.RetainDelivered.ToDuration(),
        FullPolicy = (Wire.FullPolicy)settings.FullPolicy,
        MaxWaitingReports = settings.MaxWaitingReports,
        Object = export.Kind == ExportKind.S3 ? ObjectMapping.Show(settings.Objects) : null,
    };

    // What no TimeSpan can hold is read as the nearest one, for the rules to refuse.
    private static TimeSpan? Read(Duration? wire) =>
        wire is null
            ? null
            : TimeSpan.FromSeconds(Math.Clamp(wire.Seconds, -100_000_000_000, 100_000_000_000)) + TimeSpan.FromTicks(wire.Nanos / 100);
}
