using System.Net;
using Exporter.AppHost.Tests.Kit;
using Microsoft.Playwright;

namespace Exporter.AppHost.Tests;

/// <summary>The status page in a real browser, and at its door.</summary>
public sealed class StatusPageTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    private static readonly string[] Switches = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    [Fact]
    public async Task The_page_shows_the_application_on_desktop_and_phone_by_day_and_by_night()
    {
        var application = sample.Application;
        await application.UntilWellAsync();
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Switches, ChromiumSandbox = false });
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                await LookAsync(browser, application, width, scheme);
        }
    }

    [Fact]
    public async Task Without_the_token_nobody_sees_anything_and_another_site_never_does()
    {
        var application = sample.Application;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var path in new[] { "/", "/app.js", "/api/resources", "/api/events", "/api/logs/x", "/login", "/login?t=", "/login?t=wrong" })
            (await AskAsync(http, application.Page, path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);

        using var stranger = await AskAsync(http, application.Page, application.Login.PathAndQuery, host: "attacker.example");
        stranger.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var welcome = await AskAsync(http, application.Page, application.Login.PathAndQuery);
        welcome.StatusCode.ShouldBe(HttpStatusCode.Found);
        welcome.Headers.GetValues("Set-Cookie").Single().ShouldMatch("^apphost-[0-9]+=[0-9a-f]{32}; path=/; samesite=strict; httponly$");
        welcome.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none';");
        welcome.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    private static async Task LookAsync(IBrowser browser, ApplicationProcess application, int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        await page.GotoAsync(application.Login.AbsoluteUri);
        await Assertions.Expect(page.Locator("#summary")).ToHaveTextAsync("9 of 9 well");
        await SaveAsync(page, $"{width}-{scheme}-list");
        await page.Locator("#resources a", new() { HasText = "front" }).ClickAsync();
        await Assertions.Expect(page.Locator("#badge")).ToHaveTextAsync("Running");
        await Assertions.Expect(page.Locator("#environment")).ToContainTextAsync("services__stock__http__0");
        await Assertions.Expect(page.Locator("#environment")).ToContainTextAsync("token •••••• of http");

        var front = (await application.OneAsync("front")).Urls[0].Url;
        using var http = new HttpClient();
        (await http.PostAsync(new Uri($"{front}/say?line={Uri.EscapeDataString($"<b>{width} {scheme}</b> {ApplicationProcess.Secret}")}"), null)).EnsureSuccessStatusCode();
        await Assertions.Expect(page.Locator("#log li").Last).ToHaveTextAsync($"<b>{width} {scheme}</b> ••••••");
        (await page.Locator("#log b").CountAsync()).ShouldBe(0);
        await SaveAsync(page, $"{width}-{scheme}-resource");

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await page.ContentAsync()).ShouldNotContain(ApplicationProcess.Secret);
        await page.Locator("nav").EvaluateAsync("nav => nav.scrollTo(0, 0)");
        (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe(scheme == ColorScheme.Dark ? "rgb(20, 24, 22)" : "rgb(245, 246, 244)");
        faults.ShouldBeEmpty();
    }

    // For people: set APPHOST_SCREENSHOTS to a folder to look at the page.
    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("APPHOST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, Uri page, string path, string? host = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, path));
        request.Headers.Host = host;
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
