using Exporter.Admin.V1;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class ApiKeyTests : AdminFixture
{
    [Fact]
    public async Task A_key_is_created_shown_changed_and_deleted()
    {
        var created = await Client.CreateApiKeyAsync(
            new() { ApiKey = new() { Key = "field-team-7", MaxRequestsPerDay = 50, SubmitSamplePercent = 100 } },
            cancellationToken: Cancel);
        created.CreatedAt.ShouldNotBeNull();

        (await Client.GetApiKeyAsync(new() { Key = "field-team-7" }, cancellationToken: Cancel)).ShouldBe(created);

        var changed = await Client.UpdateApiKeyAsync(
            new() { ApiKey = new() { Key = "field-team-7", MaxRequestsPerDay = 0, SubmitSamplePercent = 35 } }, cancellationToken: Cancel);
        changed.ShouldBe(
            new ApiKey { Key = "field-team-7", MaxRequestsPerDay = 0, SubmitSamplePercent = 35, CreatedAt = created.CreatedAt });

        await Client.DeleteApiKeyAsync(new() { Key = "field-team-7" }, cancellationToken: Cancel);
        await RefusedAsync(
            StatusCode.NotFound, async () => await Client.GetApiKeyAsync(new() { Key = "field-team-7" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Every_fault_of_a_key_is_told_at_once()
    {
        var faults = await FaultsAsync(async () => await Client.CreateApiKeyAsync(
            new() { ApiKey = new() { Key = "no", MaxRequestsPerDay = -1, SubmitSamplePercent = 101 } }, cancellationToken: Cancel));

        faults.ShouldBe(
            new Dictionary<string, string>
            {
                ["api_key.key"] = "Must be 4 to 40 ASCII letters, digits and hyphens, found 2 characters.",
                ["api_key.max_requests_per_day"] = "Must be 0 (unlimited) or more, found -1.",
                ["api_key.submit_sample_percent"] = "Must be 0 (keep nothing) to 100 percent, found 101.",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_with_a_strange_character_is_refused_without_repeating_it()
    {
        var faults = await FaultsAsync(
            async () => await Client.UpdateApiKeyAsync(new() { ApiKey = new() { Key = "a_secret_key" } }, cancellationToken: Cancel));
        faults["api_key.key"].ShouldBe("Must hold ASCII letters, digits and hyphens only, found another character at place 2.");
    }

    [Fact]
    public async Task A_request_without_a_key_says_so()
    {
        var faults = await FaultsAsync(async () => await Client.CreateApiKeyAsync(new(), cancellationToken: Cancel));
        faults["api_key"].ShouldBe("Must be given.");
    }

    [Fact]
    public async Task A_second_key_of_the_same_name_exists_already()
    {
        await AddAsync("twice");
        await RefusedAsync(StatusCode.AlreadyExists, () => AddAsync("twice"));
    }

    [Fact]
    public async Task What_is_not_there_can_be_neither_shown_nor_changed_nor_deleted()
    {
        await RefusedAsync(
            StatusCode.NotFound, async () => await Client.GetApiKeyAsync(new() { Key = "nobody" }, cancellationToken: Cancel));
        await RefusedAsync(StatusCode.NotFound,
            async () => await Client.UpdateApiKeyAsync(new() { ApiKey = new() { Key = "nobody" } }, cancellationToken: Cancel));
        await RefusedAsync(
            StatusCode.NotFound, async () => await Client.DeleteApiKeyAsync(new() { Key = "nobody" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page_in_alphabetical_order()
    {
        foreach (var name in new[] { "delta", "alpha", "charlie", "bravo", "echo1" })
            await AddAsync(name);

        var seen = new List<string>();
        var token = "";
        do
        {
            var page = await Client.ListApiKeysAsync(new() { PageSize = 2, PageToken = token }, cancellationToken: Cancel);
            page.ApiKeys.Count.ShouldBeInRange(1, 2);
            seen.AddRange(page.ApiKeys.Select(key => key.Key));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        seen.ShouldBe(["alpha", "bravo", "charlie", "delta", "echo1"]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_has_a_bound(int size)
    {
        var faults = await FaultsAsync(async () => await Client.ListApiKeysAsync(new() { PageSize = size }, cancellationToken: Cancel));
        faults["page_size"].ShouldBe($"Must be 0 (the default, 100) to 1000, found {size}.");
    }

    private async Task AddAsync(string key) =>
        await Client.CreateApiKeyAsync(new() { ApiKey = new() { Key = key, SubmitSamplePercent = 100 } }, cancellationToken: Cancel);
}
