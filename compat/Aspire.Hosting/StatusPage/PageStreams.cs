using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aspire.Hosting.StatusPage;

/// <summary>What the page asks for: the resources, their changes, their console lines.</summary>
internal sealed class PageStreams(ResourceView view, ResourceNotificationService notifications, ResourceLoggerService logs, TimeProvider clock, CancellationToken stopping)
{
    private const int MostStreams = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private int streams;

    public Task ResourcesAsync(HttpContext context) => context.Response.WriteAsJsonAsync(view.Read(), JsonSerializerOptions.Web, context.RequestAborted);

    public Task FollowResourcesAsync(HttpContext context) => StreamAsync(context, Changes, cancel => notifications.WatchAsync(cancel));

    public Task FollowLogAsync(HttpContext context, string id)
    {
        if (logs.Find(id) is not { } log)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        _ = int.TryParse(context.Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out var after);
        return StreamAsync(context, LinesOf, cancel => log.WatchAsync(after, cancel));
    }

    private static string LinesOf(IReadOnlyList<LogLine> lines) =>
        $"id: {lines[^1].LineNumber}\ndata: {JsonSerializer.Serialize(lines.Select(line => new { number = line.LineNumber, text = line.Content, error = line.IsErrorMessage }))}\n\n";

    private string Changes(ResourceEvent change) => $"data: {JsonSerializer.Serialize(view.Read(), JsonSerializerOptions.Web)}\n\n";

    private async Task StreamAsync<T>(HttpContext context, Func<T, string> write, Func<CancellationToken, IAsyncEnumerable<T>> source)
    {
        if (Interlocked.Increment(ref streams) > MostStreams)
        {
            Interlocked.Decrement(ref streams);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers[HeaderNames.CacheControl] = "no-store";
            await PumpAsync(context.Response, write, source(ending.Token).GetAsyncEnumerator(ending.Token), ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser went away, or the application stops.
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    private async Task PumpAsync<T>(HttpResponse response, Func<T, string> write, IAsyncEnumerator<T> source, CancellationToken cancel)
    {
        await using var _ = source.ConfigureAwait(false);
        var next = source.MoveNextAsync().AsTask();
        while (true)
        {
            var beat = Task.Delay(Heartbeat, clock, cancel);
            if (await Task.WhenAny(next, beat).ConfigureAwait(false) == beat)
            {
                await beat.ConfigureAwait(false);
                await response.WriteAsync(":\n\n", cancel).ConfigureAwait(false);
            }
            else
            {
                // What changed in quick succession goes out once: the last of it tells all.
                var text = "";
                while (await next.ConfigureAwait(false))
                {
                    text = write(source.Current);
                    next = source.MoveNextAsync().AsTask();
                    if (typeof(T) != typeof(ResourceEvent) || !next.IsCompleted)
                        break;
                }

                await response.WriteAsync(text, cancel).ConfigureAwait(false);
                await Task.Delay(Pause, clock, cancel).ConfigureAwait(false);
            }
        }
    }
}
