using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Exporter.AppHost.Tests.Kit;

namespace Exporter.AppHost.Tests;

public sealed class StartOrderTests
{
    [Fact]
    public async Task Who_waits_for_another_starts_when_that_one_is_healthy()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            var first = builder.AddProject<Projects.AppHost_SampleService>("first").WithArgs("ill").WithHttpEndpoint().WithHttpHealthCheck("/health");
            builder.AddProject<Projects.AppHost_SampleService>("second").WithHttpEndpoint().WaitFor(first);
        });

        var ill = await application.UntilAsync("first", known => known.HealthReports.Any(report => report.Description == "'/health' answered 503, expected 200."));
        var second = application.Of("second").Single();
        second.State!.Text.ShouldBe(KnownResourceStates.Waiting);
        second.Detail.ShouldBe("Waits for first.");

        (await application.PostAsync($"{ill.Urls[0].Url}/well")).EnsureSuccessStatusCode();
        await application.UntilRunningAsync("second");
        application.Of("first").Single().StartTimeStamp!.Value.ShouldBeLessThan(application.Of("second").Single().StartTimeStamp!.Value);
    }

    [Fact]
    public async Task Who_waits_for_a_job_starts_after_its_end()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            var job = builder.AddProject<Projects.AppHost_SampleService>("job").WithArgs("job", "0");
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WaitForCompletion(job);
        });

        var service = await application.UntilRunningAsync("service");
        var job = application.Of("job").Single();
        job.State!.Text.ShouldBe(KnownResourceStates.Finished);
        job.ExitCode.ShouldBe(0);
        job.StopTimeStamp!.Value.ShouldBeLessThanOrEqualTo(service.StartTimeStamp!.Value);
        job.Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task Who_waits_for_a_job_that_fails_is_not_started_and_says_why()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            var job = builder.AddProject<Projects.AppHost_SampleService>("job").WithArgs("job", "3");
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WaitForCompletion(job);
        });

        var service = await application.UntilFailedAsync("service");
        service.Detail.ShouldBe("'service' is not started, because 'job', for which it waits, ended with exit code 3.");
        application.Of("job").Single().Restarts.ShouldBe(0);
        application.Log.Lines.ShouldContain("Resource 'job' ended with exit code 3.");
    }

    [Fact]
    public async Task A_job_may_be_told_to_end_otherwise()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            var job = builder.AddProject<Projects.AppHost_SampleService>("job").WithArgs("job", "3");
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WaitForCompletion(job, exitCode: 3);
        });

        await application.UntilRunningAsync("service");
    }
}
