using Aspire.Hosting;
using Exporter.AppHost.Tests.Kit;

namespace Exporter.AppHost.Tests;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_service_is_told_what_it_references_as_Aspire_tells_it()
    {
        await using var application = await RunningApplication.StartAsync(
            builder =>
            {
                var outside = builder.AddConnectionString("outside");
                var missing = builder.AddConnectionString("missing");
                var other = builder.AddProject<Projects.AppHost_SampleService>("other").WithHttpEndpoint().WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
                builder.AddProject<Projects.AppHost_SampleService>("service")
                    .WithHttpEndpoint()
                    .WithReference(outside)
                    .WithReference(outside, connectionName: "renamed")
                    .WithReference(missing, optional: true)
                    .WithReference(other)
                    .WithReference("far", new Uri("https://far.example"))
                    .WithEnvironment("ADDRESS", $"<{other.GetEndpoint("http")}>")
                    .WithEnvironment("PLAIN", "{0}")
                    .WithEnvironment("PARAMETER", builder.AddParameter("limit", "7"));
            },
            "--ConnectionStrings:outside=Host=db.example;Username=reader",
            "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317");

        var url = (await application.UntilRunningAsync("service")).Urls.Single().Url;
        var other = (await application.UntilRunningAsync("other")).Urls;
        await Eventually.SucceedsAsync(() => application.EnvironmentAsync(url));
        var environment = (await application.EnvironmentAsync(url))!;
        environment["ASPNETCORE_URLS"].ShouldBe(url);
        environment["ConnectionStrings__outside"].ShouldBe("Host=db.example;Username=reader");
        environment["ConnectionStrings__renamed"].ShouldBe("Host=db.example;Username=reader");
        environment.ShouldNotContainKey("ConnectionStrings__missing");
        environment["services__other__http__0"].ShouldBe(other[0].Url);
        environment["services__other__grpc__0"].ShouldBe(other[1].Url);
        environment["services__far__default__0"].ShouldBe("https://far.example/");
        environment["ADDRESS"].ShouldBe($"<{other[0].Url}>");
        environment["PLAIN"].ShouldBe("{0}");
        environment["PARAMETER"].ShouldBe("7");
        environment["OTEL_SERVICE_NAME"].ShouldBe("service");
        environment["OTEL_RESOURCE_ATTRIBUTES"].ShouldMatch("^service\\.instance\\.id=service-[a-z0-9]{8}$");
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe("http://localhost:4317");

        await Eventually.SucceedsAsync(() => application.EnvironmentAsync(other[0].Url));
        var told = (await application.EnvironmentAsync(other[0].Url))!;
        told["GRPC_PORT"].ShouldBe(new Uri(other[1].Url).Port.ToString());
        told["ASPNETCORE_URLS"].ShouldBe(other[0].Url);
    }

    [Fact]
    public async Task Without_a_collector_no_service_is_told_of_one_and_nobody_inherits_the_secrets_of_the_host()
    {
        Environment.SetEnvironmentVariable("Parameters__hidden", "of the host alone");
        try
        {
            await using var application = await RunningApplication.StartAsync(builder => builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint());
            var url = (await application.UntilRunningAsync("service")).Urls.Single().Url;
            await Eventually.SucceedsAsync(() => application.EnvironmentAsync(url));
            var environment = (await application.EnvironmentAsync(url))!;
            environment.ShouldNotContainKey("OTEL_EXPORTER_OTLP_ENDPOINT");
            environment.ShouldNotContainKey("Parameters__hidden");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Parameters__hidden", null);
        }
    }
}
