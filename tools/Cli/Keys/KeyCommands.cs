using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Values;

namespace Exporter.Cli.Keys;

internal static class KeyCommands
{
    private static readonly Argument<string> Key = new("KEY") { Description = "4 to 40 ASCII letters, digits and hyphens." };

    private static readonly Argument<string?> NewKey = new("KEY")
    {
        Description = "4 to 40 ASCII letters, digits and hyphens; made up when it is left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> MaxRequests = new("--max-requests")
    {
        Description = "Requests a day and path; 0 is unlimited, as is a new key.",
    };

    private static readonly Option<int?> Sample = new("--sample")
    {
        Description = "Percent of submit requests that are kept; a new key keeps 100.",
    };

    private static readonly Option<int> Limit = CountOption.Of("--limit", "Keys to list at most.", 1000);

    public static Command Of(Shell shell) => Shell.Group(
        "keys",
        "API keys.",
        shell.Verb("list", "Shows the keys.", [Limit], ListAsync),
        shell.Verb("show", "Shows one key.", [Key], ShowAsync),
        shell.Verb("create", "Adds a key.", [NewKey, MaxRequests, Sample], CreateAsync),
        shell.Verb("update", "Changes a key's rules; what is not given stays.", [Key, MaxRequests, Sample], UpdateAsync),
        shell.Verb("delete", "Removes a key; later requests with it count as anonymous.", [Key], DeleteAsync));

    private static async Task<int> ListAsync(Call call)
    {
        var all = new ListApiKeysResponse();
        await Pages.ReadAsync(call.Value(Limit), async (size, token) =>
        {
            var page = await call.Admin.ListApiKeysAsync(new() { PageSize = size, PageToken = token }, cancellationToken: call.Cancel);
            all.ApiKeys.AddRange(page.ApiKeys);
            return (page.ApiKeys.Count, all.NextPageToken = page.NextPageToken);
        });
        if (call.Screen.IsJson)
            call.Screen.Json(all);
        else
            call.Screen.Table(
                ["KEY", "REQUESTS A DAY", "SAMPLE %", "CREATED"],
                all.ApiKeys.Select(
                    key => (IReadOnlyList<string>)[key.Key, RequestsOf(key), $"{key.SubmitSamplePercent}", Words.Of(key.CreatedAt)]));
        Pages.TellOfMore(call.Screen, all.NextPageToken);
        return Shell.Done;
    }

    private static async Task<int> ShowAsync(Call call) =>
        Show(call, await call.Admin.GetApiKeyAsync(new() { Key = call.Value(Key) }, cancellationToken: call.Cancel));

    private static async Task<int> CreateAsync(Call call)
    {
        var key = new ApiKey
        {
            Key = call.Parse.GetValue(NewKey) ?? Guid.NewGuid().ToString(),
            MaxRequestsPerDay = call.Value(MaxRequests) ?? 0,
            SubmitSamplePercent = call.Value(Sample) ?? 100,
        };
        return Show(call, await call.Admin.CreateApiKeyAsync(new() { ApiKey = key }, cancellationToken: call.Cancel));
    }

    private static async Task<int> UpdateAsync(Call call)
    {
        var key = await call.Admin.GetApiKeyAsync(new() { Key = call.Value(Key) }, cancellationToken: call.Cancel);
        key.MaxRequestsPerDay = call.Value(MaxRequests) ?? key.MaxRequestsPerDay;
        key.SubmitSamplePercent = call.Value(Sample) ?? key.SubmitSamplePercent;
        return Show(call, await call.Admin.UpdateApiKeyAsync(new() { ApiKey = key }, cancellationToken: call.Cancel));
    }

    private static async Task<int> DeleteAsync(Call call)
    {
        var answer = await call.Admin.DeleteApiKeyAsync(new() { Key = call.Value(Key) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        call.Screen.Say($"API key {call.Value(Key)} was deleted.");
        return Shell.Done;
    }

    private static int Show(Call call, ApiKey key)
    {
        if (call.Screen.IsJson)
            call.Screen.Json(key);
        else
            call.Screen.Facts(
                ("Key", key.Key), ("Requests a day", RequestsOf(key)), ("Sample %", $"{key.SubmitSamplePercent}"),
                ("Created", Words.Of(key.CreatedAt)));
        return Shell.Done;
    }

    private static string RequestsOf(ApiKey key) => key.MaxRequestsPerDay == 0 ? "unlimited" : Words.Of(key.MaxRequestsPerDay);
}
