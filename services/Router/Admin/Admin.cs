using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exporter.Router.Admin;

/// <summary>The operators' door: AdminService with its token (rule I5).</summary>
public static class Admin
{
    /// <summary>
    /// Adds AdminService. It wants IApiKeyStore, IExportStore, IDeliveryQueries, IDeadLetterStore, IRetainedBatchStore and
    /// IExportProbe beside it, and uses an IReportRefusal if there is one.
    /// </summary>
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AdminOptions>().BindConfiguration("Exporter").ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ExportCatalog>();
        services.AddSingleton<ApiKeyAdmin>();
        services.AddSingleton<ExportAdmin>();
        services.AddSingleton<QueueAdmin>();
        services.AddSingleton<StatusAdmin>();
        services.AddSingleton<DeadLetterAdmin>();
        services.AddSingleton<DeadLetterEnds>();
        services.AddSingleton<RetainedAdmin>();
        services.AddSingleton<ReportAdmin>();
        services.AddSingleton<AdminGate>();
        services.AddGrpc().AddServiceOptions<AdminService>(options => options.Interceptors.Add<AdminGate>());
    }

    /// <summary>Maps AdminService; what is returned says on which port it answers.</summary>
    public static IEndpointConventionBuilder MapAdmin(this WebApplication app) => app.MapGrpcService<AdminService>();
}
