using Grpc.Core;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class AdminService(
    ApiKeyAdmin keys, ExportAdmin exports, QueueAdmin queues, RetainedAdmin retained, StatusAdmin status, ReportAdmin reports,
    DeadLetterAdmin letters, DeadLetterEnds ends)
    : Wire.AdminService.AdminServiceBase
{
    public override Task<Wire.ApiKey> CreateApiKey(Wire.CreateApiKeyRequest request, ServerCallContext context) =>
        keys.CreateAsync(request, context.CancellationToken);

    public override Task<Wire.ApiKey> GetApiKey(Wire.GetApiKeyRequest request, ServerCallContext context) =>
        keys.GetAsync(request, context.CancellationToken);

    public override Task<Wire.ListApiKeysResponse> ListApiKeys(Wire.ListApiKeysRequest request, ServerCallContext context) =>
        keys.ListAsync(request, context.CancellationToken);

    public override Task<Wire.ApiKey> UpdateApiKey(Wire.UpdateApiKeyRequest request, ServerCallContext context) =>
        keys.UpdateAsync(request, context.CancellationToken);

    public override Task<Wire.DeleteApiKeyResponse> DeleteApiKey(Wire.DeleteApiKeyRequest request, ServerCallContext context) =>
        keys.DeleteAsync(request, context.CancellationToken);

    public override Task<Wire.SaveExportResponse> CreateExport(Wire.CreateExportRequest request, ServerCallContext context) =>
        exports.CreateAsync(request, context.CancellationToken);

    public override Task<Wire.Export> GetExport(Wire.GetExportRequest request, ServerCallContext context) =>
        exports.GetAsync(request, context.CancellationToken);

    public override Task<Wire.ListExportsResponse> ListExports(Wire.ListExportsRequest request, ServerCallContext context) =>
        exports.ListAsync(context.CancellationToken);

    public override Task<Wire.SaveExportResponse> UpdateExport(Wire.UpdateExportRequest request, ServerCallContext context) =>
        exports.UpdateAsync(request, context.CancellationToken);

    public override Task<Wire.DeleteExportResponse> DeleteExport(Wire.DeleteExportRequest request, ServerCallContext context) =>
        exports.DeleteAsync(request, context.CancellationToken);

    public override Task<Wire.CheckExportResponse> CheckExport(Wire.CheckExportRequest request, ServerCallContext context) =>
        exports.CheckAsync(request, context.CancellationToken);

    public override Task<Wire.MoveWaitingBatchesResponse> MoveWaitingBatches(
        Wire.MoveWaitingBatchesRequest request, ServerCallContext context) =>
        exports.MoveWaitingAsync(request, context.CancellationToken);

    public override Task<Wire.Export> PauseExport(Wire.PauseExportRequest request, ServerCallContext context) =>
        exports.PauseAsync(request.Export, true, context.CancellationToken);

    public override Task<Wire.Export> ResumeExport(Wire.ResumeExportRequest request, ServerCallContext context) =>
        exports.PauseAsync(request.Export, false, context.CancellationToken);

    public override Task<Wire.ListQueuesResponse> ListQueues(Wire.ListQueuesRequest request, ServerCallContext context) =>
        queues.ListAsync(request, context.CancellationToken);

    public override Task<Wire.ListBatchesResponse> ListBatches(Wire.ListBatchesRequest request, ServerCallContext context) =>
        queues.ListBatchesAsync(request, context.CancellationToken);

    public override Task<Wire.Batch> GetBatch(Wire.GetBatchRequest request, ServerCallContext context) =>
        queues.GetBatchAsync(request, context.CancellationToken);

    public override Task<Wire.ReplayBatchesResponse> ReplayBatches(Wire.ReplayBatchesRequest request, ServerCallContext context) =>
        retained.ReplayAsync(request, context.CancellationToken);

    public override Task<Wire.GetStatusResponse> GetStatus(Wire.GetStatusRequest request, ServerCallContext context) =>
        status.GetAsync(context.CancellationToken);

    public override Task<Wire.ExplainReportResponse> ExplainReport(Wire.ExplainReportRequest request, ServerCallContext context) =>
        reports.ExplainAsync(request, context.CancellationToken);

    public override Task<Wire.ListDeadLettersResponse> ListDeadLetters(Wire.ListDeadLettersRequest request, ServerCallContext context) =>
        letters.ListAsync(request, context.CancellationToken);

    public override Task<Wire.GetDeadLetterResponse> GetDeadLetter(Wire.GetDeadLetterRequest request, ServerCallContext context) =>
        letters.GetAsync(request, context.CancellationToken);

    public override Task<Wire.ReplayDeadLettersResponse> ReplayDeadLetters(
        Wire.ReplayDeadLettersRequest request, ServerCallContext context) =>
        ends.ReplayAsync(request, context.CancellationToken);

    public override Task<Wire.DiscardDeadLettersResponse> DiscardDeadLetters(
        Wire.DiscardDeadLettersRequest request, ServerCallContext context) =>
        ends.DiscardAsync(request, context.CancellationToken);
}
