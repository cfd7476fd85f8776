using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.StatusPage;

/// <summary>The page itself.</summary>
internal static class PageAssets
{
    public static void Map(WebApplication page, string applicationName)
    {
        var html = Read("index.html").Replace("{{name}}", HtmlEncoder.Default.Encode(applicationName), StringComparison.Ordinal);
        var (style, script, icon) = (Read("app.css"), Read("app.js"), Read("icon.svg"));
        page.MapGet("/", () => Results.Content(html, "text/html; charset=utf-8"));
        page.MapGet("/app.css", () => Results.Content(style, "text/css; charset=utf-8"));
        page.MapGet("/app.js", () => Results.Content(script, "text/javascript; charset=utf-8"));
        page.MapGet("/icon.svg", () => Results.Content(icon, "image/svg+xml"));
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
