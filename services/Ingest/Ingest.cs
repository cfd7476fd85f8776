using Exporter.Delivery.Blocks;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Routing;
using Exporter.Ingest.Calls;
using Exporter.Ingest.Configuration;
using Exporter.Ingest.Http;
using Exporter.Ingest.Intake;
using Exporter.Ingest.Keys;
using Exporter.Ingest.Limits;
using Exporter.Ingest.Policy;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exporter.Ingest;

/// <summary>Takes reports in, over HTTP and gRPC, and answers when they are on disk.</summary>
public static class Ingest
{
    /// <summary>
    /// Adds all that Ingest needs but for what its host chooses: IBlockStore, IApiKeyStore, IDoorbell, TimeProvider,
    /// Func&lt;double&gt; (chance, from 0 to below 1), and, to keep daily limits and estimates of users over a restart, ILimitStore and IUserStore. AddSharedLimits has all instances count together.
    /// </summary>
    public static WebApplicationBuilder AddIngest(this WebApplicationBuilder builder)
    {
        // Without it a packed body that ends too early unpacks to its first part, without an error.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

        var services = builder.Services;
        AddOptions(services);

        services.AddSingleton<GroupCommitter>();
        services.AddHostedService(provider => provider.GetRequiredService<GroupCommitter>());
        services.AddSingleton(provider => new ReportPolicy(provider.GetRequiredService<IngestOptions>().MaxReportAge));
        services.AddSingleton<IReportRefusal, PolicyRefusal>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<Gate>();
        services.AddSingleton<ReportIntake>();

        services.AddSingleton<KeyCache>();
        services.AddHostedService<KeyRevisionWatch>();
        AddLimits(services);

        services.AddSingleton(provider => new ByteBudget(provider.GetRequiredService<IngestOptions>().Limits.MaxHeldBodyBytes));
        services.AddSingleton<RequestBody>();
        services.AddSingleton<SubmitEndpoint>();
        AddGrpc(services);
        return builder;
    }

    /// <summary>Maps /v2/geosubmit, /v1/geosubmit and /v1/submit.</summary>
    public static IEndpointConventionBuilder MapIngestHttp(this WebApplication app)
    {
        var routes = app.MapGroup("");
        var endpoint = app.Services.GetRequiredService<SubmitEndpoint>();
        foreach (var route in SubmitRoute.All)
            routes.Map(route.Path, http => endpoint.AnswerAsync(http, route));
        return routes;
    }

    /// <summary>Maps exporter.ingest.v1.IngestService.</summary>
    public static IEndpointConventionBuilder MapIngestGrpc(this WebApplication app) => app.MapGrpcService<GrpcDoor>();

    private static void AddGrpc(IServiceCollection services)
    {
        services.AddGrpc().AddServiceOptions<GrpcDoor>(static _ => { });
        services.AddOptions<GrpcServiceOptions<GrpcDoor>>().Configure<IngestOptions>(
            static (grpc, ingest) => grpc.MaxReceiveMessageSize = ingest.Limits.MaxBodyBytes);
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<GrpcDoor>();
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<IngestOptions>, IngestOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestOptions>, IngestOptionsSetup>());
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IngestOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IngestOptions>().GroupCommit);
    }

    private static void AddLimits(IServiceCollection services)
    {
        services.AddSingleton<ProcessLimitCounter>();
        services.AddSingleton<ILimitCounter>(provider => provider.GetRequiredService<ProcessLimitCounter>());
        services.AddSingleton<IHostedService>(provider =>
            provider.GetService<ILimitStore>() is { } store && provider.GetRequiredService<ILimitCounter>() is ProcessLimitCounter counter
                ? ActivatorUtilities.CreateInstance<LimitSaver>(provider, counter, store)
                : new NothingToSave());
        services.AddSingleton<ProcessUserCounter>();
        services.AddSingleton<IUserCounter>(provider => provider.GetRequiredService<ProcessUserCounter>());
        services.AddSingleton<IHostedService>(provider =>
            provider.GetService<IUserStore>() is { } store && provider.GetRequiredService<IUserCounter>() is ProcessUserCounter counter
                ? ActivatorUtilities.CreateInstance<UserSaver>(provider, counter, store)
                : new NothingToSave());
        services.AddHostedService<UserMetrics>();
    }
}
