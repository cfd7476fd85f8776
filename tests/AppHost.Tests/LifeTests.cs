using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Compat.Processes;
using Exporter.AppHost.Tests.Kit;

namespace Exporter.AppHost.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task Replicas_have_ports_of_their_own_and_share_one()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WithHttpHealthCheck("/health").WithReplicas(2));

        await application.UntilHealthyAsync("service");
        var replicas = application.Of("service");
        replicas.Count.ShouldBe(2);
        replicas.Select(known => known.Urls.Single(url => url.IsInternal).Url).Distinct().Count().ShouldBe(2);
        var shared = replicas.Select(known => known.Urls.Single(url => !url.IsInternal).Url).Distinct().ShouldHaveSingleItem();

        var processes = new HashSet<int>();
        for (var i = 0; i < 4; i++)
        {
            using var http = new HttpClient();
            processes.Add(await http.GetFromJsonAsync<int>($"{shared}/process", TestContext.Current.CancellationToken));
        }

        processes.Count.ShouldBe(2);
        var identities = await Task.WhenAll(replicas.Select(known => application.EnvironmentAsync(known.Urls.Single(url => url.IsInternal).Url)));
        identities.Select(environment => environment!["OTEL_RESOURCE_ATTRIBUTES"]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_dies_is_started_again_on_the_same_port()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WithHttpHealthCheck("/health"));

        var url = (await application.UntilHealthyAsync("service")).Urls.Single().Url;
        var first = await application.ProcessAsync(url);
        Signals.ToProcess(first, Signal.Kill).ShouldBeTrue();

        await application.UntilAsync("service", known => known.Restarts == 1 && known.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        (await application.ProcessAsync(url)).ShouldNotBe(first);
        application.Log.Lines.ShouldContain("Resource 'service' ended with exit code 137. It is started again in 1 s.");
    }

    [Fact]
    public async Task What_ends_by_itself_and_well_is_finished()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WithHttpHealthCheck("/health"));

        var url = (await application.UntilHealthyAsync("service")).Urls.Single().Url;
        await application.PostAsync($"{url}/exit?code=0").ContinueWith(_ => { }, TaskScheduler.Default);
        var ended = await application.UntilAsync("service", known => known.State?.Text == KnownResourceStates.Finished);
        ended.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_leaves_no_process_behind_not_even_a_grandchild_in_a_session_of_its_own()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WithHttpHealthCheck("/health");
            builder.AddExecutable("deaf", "sh", "/", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done");
        }, "--AppHost:StopTimeout=00:00:02");

        var url = (await application.UntilHealthyAsync("service")).Urls.Single().Url;
        (await application.PostAsync($"{url}/child")).EnsureSuccessStatusCode();
        await application.LinesAsync("deaf", line => line.Content == "ready");
        var processes = await application.ProcessesAsync(url);
        processes().Count.ShouldBeGreaterThanOrEqualTo(3);

        await application.StopAsync();
        processes().ShouldBeEmpty();
        application.Of("service").Single().State!.Text.ShouldBe(KnownResourceStates.Exited);
        application.Log.Lines.ShouldContain("Resource 'deaf' did not stop in 2 s and was killed.");
    }

    [Fact]
    public async Task Who_needs_another_stops_before_it()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            var below = builder.AddProject<Projects.AppHost_SampleService>("below").WithHttpEndpoint().WithHttpHealthCheck("/health");
            builder.AddProject<Projects.AppHost_SampleService>("above").WithHttpEndpoint().WithHttpHealthCheck("/health").WithReference(below);
        });
        await application.UntilHealthyAsync("below");
        await application.UntilHealthyAsync("above");

        var belowStops = application.UntilAsync("below", known => known.State?.Text == KnownResourceStates.Stopping);
        await application.StopAsync();
        await belowStops;
        Aspire.Hosting.Engine.StopOrder.Of([Resource("below"), Resource("above")]).Select(group => group.Single().Name).ShouldBe(["above", "below"]);

        IResource Resource(string name) => application.Notifications.Current().First(known => known.Resource.Name == name).Resource;
    }

    [Fact]
    public async Task A_port_in_use_is_told_clearly()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            builder.AddProject<Projects.AppHost_SampleService>("one").WithHttpEndpoint(port: port);
            builder.AddProject<Projects.AppHost_SampleService>("many").WithHttpEndpoint(port: port).WithReplicas(2);
        });

        foreach (var name in new[] { "one", "many" })
        {
            (await application.UntilFailedAsync(name)).Detail.ShouldBe(
                $"Port {port} of endpoint 'http' of '{name}' is in use by another process, or not ours to take. Stop that process, or give the endpoint another port.");
        }
    }

    [Fact]
    public async Task What_is_missing_is_told_clearly()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
        {
            builder.AddExecutable("tool", "no-such-program", "/");
            builder.AddExecutable("nowhere", "sh", "/no/such/folder");
            builder.AddProject<Projects.AppHost_SampleService>("service").WithEnvironment("TOKEN", builder.AddParameter("api-token", secret: true));
            builder.AddContainer("box", "example.test/no-such-image", "1.2");
        });

        (await application.UntilFailedAsync("tool")).Detail.ShouldBe("Program 'no-such-program' was not found. Install it, or give its path.");
        (await application.UntilFailedAsync("nowhere")).Detail.ShouldBe("Folder '/no/such/folder' in which 'sh' should run does not exist. Make it, or give another.");
        (await application.UntilFailedAsync("service")).Detail.ShouldBe("Parameter 'api-token' has no value. Set 'Parameters:api-token', in the environment 'Parameters__api_token'.");
        (await application.UntilFailedAsync("box")).Detail.ShouldBe(
            "Container 'box' can't start: Docker does not have image 'example.test/no-such-image:1.2' at hand, and images are not pulled here. No program of this machine can do its work.");
    }

    [Fact]
    public async Task Two_applications_do_not_share_a_data_folder()
    {
        await using var application = await RunningApplication.StartAsync(_ => { });
        var second = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [$"--AppHost:DataFolder={application.DataFolder}/data"], DisableDashboard = true }).Build();
        await using (second)
        {
            var refusal = await Should.ThrowAsync<DistributedApplicationException>(() => second.StartAsync(TestContext.Current.CancellationToken));
            refusal.Message.ShouldBe($"Data folder '{application.DataFolder}/data' is in use by another application. Stop that one, or set 'AppHost:DataFolder' to another folder.");
        }
    }
}
