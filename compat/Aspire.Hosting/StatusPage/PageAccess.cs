using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.StatusPage;

/// <summary>Lets in who came by the login url. A token opens the door, a cookie of its own keeps it open.</summary>
internal sealed class PageAccess(string? token)
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];
    private readonly string sessionText = NewToken();

    public string Token { get; } = string.IsNullOrEmpty(token) ? NewToken() : token;

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        // A page of another site whose name was made to lead here must not read this one.
        if (!Hosts.Contains(context.Request.Host.Host))
            return AnswerAsync(context, StatusCodes.Status400BadRequest, "This page answers as localhost only.");
        if (context.Request.Path == "/login")
            return LoginAsync(context);
        if (context.Request.Path == "/app.css" || IsSame(context.Request.Cookies[CookieOf(context)], sessionText))
            return next(context);

        return AnswerAsync(context, StatusCodes.Status401Unauthorized, "Open the login address that the AppHost wrote to its console.");
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static bool IsSame(string? offered, string wanted) => CryptographicOperations.FixedTimeEquals(Hash(offered ?? ""), Hash(wanted));

    // Cookies know no ports: two applications on one machine must not share one.
    private static string CookieOf(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"apphost-{context.Connection.LocalPort}");

    private static Task AnswerAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return Task.CompletedTask;

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>AppHost</title><link rel=\"stylesheet\" href=\"/app.css\"><main class=\"door\"><h1>AppHost</h1><p>{sentence}</p></main></html>", context.RequestAborted);
    }

    private Task LoginAsync(HttpContext context)
    {
        if (!IsSame(context.Request.Query["t"], Token))
            return AnswerAsync(context, StatusCodes.Status401Unauthorized, "This token is not valid. Each start of the AppHost has its own: open the login address that it wrote to its console.");

        context.Response.Cookies.Append(CookieOf(context), sessionText, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.Redirect("/");
        return Task.CompletedTask;
    }
}
