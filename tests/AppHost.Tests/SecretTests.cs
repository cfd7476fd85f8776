using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Logs;
using Exporter.AppHost.Tests.Kit;

namespace Exporter.AppHost.Tests;

public sealed class SecretTests
{
    [Theory]
    [InlineData("Host=db;Password=abc;Database=x", "Host=db;Password=••••••;Database=x")]
    [InlineData("amqp://guest:abc@host:5672/", "amqp://guest:••••••@host:5672/")]
    [InlineData("the known secret stands here", "the •••••• stands here")]
    [InlineData("and escaped: known%20secret.", "and escaped: ••••••.")]
    [InlineData("""{"token":"abc def","other":1}""", """{"token":••••••,"other":1}""")]
    [InlineData("nothing to hide: 1=2", "nothing to hide: 1=2")]
    public void In_text_secrets_are_masked_and_nothing_else(string text, string shown)
    {
        var secrets = new Secrets();
        secrets.Learn("known secret");
        secrets.InText(text).ShouldBe(shown);
    }

    [Theory]
    [InlineData("POSTGRES_PASSWORD", "abc", Secrets.Mask)]
    [InlineData("Api__Token", "abc", Secrets.Mask)]
    [InlineData("AWS_SECRET_ACCESS_KEY", "abc", Secrets.Mask)]
    [InlineData("ANYTHING", "x1", Secrets.Mask)]
    [InlineData("GREETING", "an x1 in text", "an x1 in text")]
    [InlineData("PASSWORD", "", "")]
    [InlineData("PWD", "/work", "/work")]
    public void A_variable_is_masked_by_its_name_or_its_value(string name, string value, string shown)
    {
        var secrets = new Secrets();
        secrets.Learn("x1");
        secrets.InVariable(name, value).ShouldBe(shown);
    }

    [Fact]
    public async Task A_secret_parameter_that_a_service_prints_is_not_in_its_console_log()
    {
        await using var application = await RunningApplication.StartAsync(
            builder => builder.AddProject<Projects.AppHost_SampleService>("service").WithHttpEndpoint().WithHttpHealthCheck("/health").WithEnvironment("TOKEN", builder.AddParameter("api-token", secret: true)),
            "--Parameters:api-token=Tr0ub4dor");

        var url = (await application.UntilHealthyAsync("service")).Urls.Single().Url;
        (await application.PostAsync($"{url}/say?line=it+is+Tr0ub4dor+again")).EnsureSuccessStatusCode();
        var lines = await application.LinesAsync("service", line => line.Content.StartsWith("it is", StringComparison.Ordinal));
        lines[^1].Content.ShouldBe($"it is {Secrets.Mask} again");
    }

    [Fact]
    public async Task A_line_without_end_is_cut_and_old_lines_are_forgotten()
    {
        await using var application = await RunningApplication.StartAsync(builder =>
            builder.AddExecutable("loud", "sh", "/", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; echo; seq 1 3000; echo end; sleep 1000"));

        await application.LinesAsync("loud", line => line.Content == "end");
        var id = application.Notifications.Current().Single().ResourceId;
        application.Notifications.TryGetCurrentState(id, out var known).ShouldBeTrue();
        known!.Snapshot.State!.Text.ShouldBe(KnownResourceStates.Running);
        var lines = await application.LinesAsync("loud", line => line.Content == "end");
        lines.Count.ShouldBe(ResourceLog.MostLines);
        lines[0].LineNumber.ShouldBe(3002 - ResourceLog.MostLines + 1);
    }
}
