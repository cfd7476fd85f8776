using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Google.Protobuf.WellKnownTypes;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal static class BatchMapping
{
    public static Wire.Batch Show(BatchView view, ExportSnapshot snapshot)
    {
        var batch = view.Batch;
        return new Wire.Batch
        {
            Id = batch.Id.ToString(),
            ExportId = batch.ExportId.ToString(),
            ExportName = ExportCatalog.NameOf(snapshot, batch.ExportId),
            Partition = batch.Partition,
            State = (Wire.BatchState)view.State,
            Trigger = (Wire.BatchTrigger)batch.Trigger,
            ReportCount = batch.ReportCount,
            PayloadBytes = batch.PayloadBytes,
            AttemptCount = view.Attempts,
            SealedAt = batch.SealedAt.ToTimestamp(),
            DueAt = view.DueAt.ToTimestamp(),
            DeliveredAt = view.DeliveredAt?.ToTimestamp(),
            Location = batch.Target?.Location ?? "",
            ErrorType = view.ErrorType,
            ErrorDetail = view.ErrorDetail,
            ObjectBytes = view.Receipt?.Bytes ?? 0,
            ObjectEtag = view.Receipt?.ETag ?? "",
            ObjectSha256 = view.Receipt?.Sha256 ?? "",
            FirstObservedAt = batch.FirstObservedAt.ToTimestamp(),
            LastObservedAt = batch.LastObservedAt.ToTimestamp(),
            SettledReportCount = view.SettledReports,
        };
    }

    public static Wire.Queue Show(QueueView view, ExportSnapshot snapshot) => new()
    {
        ExportId = view.ExportId.ToString(),
        ExportName = ExportCatalog.NameOf(snapshot, view.ExportId),
        Partition = view.Partition,
        WaitingReports = view.Reports,
        WaitingBytes = view.Bytes,
        OldestAt = view.OldestAt.ToTimestamp(),
    };

    public static Wire.DeadLetter Show(DeadLetter letter, ExportSnapshot snapshot) => new()
    {
        Id = Page.TokenOf(letter.Id),
        BatchId = letter.BatchId.ToString(),
        ExportId = letter.ExportId.ToString(),
        ExportName = ExportCatalog.NameOf(snapshot, letter.ExportId),
        FromReport = letter.FromReport,
        ToReport = letter.ToReport,
        ErrorType = letter.ErrorType,
        ErrorDetail = letter.ErrorDetail,
        CreatedAt = letter.CreatedAt.ToTimestamp(),
        FirstAttemptAt = letter.FirstAttemptAt.ToTimestamp(),
        AttemptCount = letter.Attempts,
    };

    public static Wire.Circuit Show(CircuitView circuit, string exportName) => new()
    {
        ExportId = circuit.ExportId.ToString(),
        ExportName = exportName,
        Open = circuit.IsOpen,
        FaultCount = circuit.Faults,
        Since = circuit.Since.ToTimestamp(),
        PausedUntil = circuit.PausedUntil.ToTimestamp(),
        ErrorType = circuit.ErrorType,
        ErrorDetail = circuit.ErrorDetail,
    };

    public static Wire.Books Show(Books books, ExportSnapshot snapshot) => new()
    {
        ExportId = books.ExportId.ToString(),
        ExportName = ExportCatalog.NameOf(snapshot, books.ExportId),
        Routed = books.Routed,
        Delivered = books.Delivered,
        Waiting = books.Waiting,
        InFlight = books.InFlight,
        Dead = books.Dead,
        Discarded = books.Discarded,
    };
}
