using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Google.Protobuf.WellKnownTypes;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class ApiKeyAdmin(IApiKeyStore keys, TimeProvider clock, ILogger<ApiKeyAdmin> log)
{
    public async Task<Wire.ApiKey> CreateAsync(Wire.CreateApiKeyRequest request, CancellationToken cancel)
    {
        var key = Checked(request.ApiKey) with { CreatedAt = clock.GetUtcNow() };
        if (!await keys.CreateAsync(key, cancel))
            throw Refusal.AlreadyExists("This API key is there already. Change it instead, or choose another.");

        AdminLog.KeyChanged(log, ApiKey.ShortHash(key.Key), "created");
        return Show(key);
    }

    public async Task<Wire.ApiKey> GetAsync(Wire.GetApiKeyRequest request, CancellationToken cancel) =>
        Show(await FindAsync(request.Key, cancel));

    public async Task<Wire.ListApiKeysResponse> ListAsync(Wire.ListApiKeysRequest request, CancellationToken cancel)
    {
        var size = Page.SizeOf(request.PageSize);
        var found = await keys.ListAsync(request.PageToken.Length == 0 ? null : request.PageToken, size + 1, cancel);
        var response = new Wire.ListApiKeysResponse();
        response.ApiKeys.AddRange(found.Take(size).Select(Show));
        if (found.Count > size)
            response.NextPageToken = found[size - 1].Key;
        return response;
    }

    public async Task<Wire.ApiKey> UpdateAsync(Wire.UpdateApiKeyRequest request, CancellationToken cancel)
    {
        var asked = Checked(request.ApiKey);
        var key = asked with { CreatedAt = (await FindAsync(asked.Key, cancel)).CreatedAt };
        if (!await keys.UpdateAsync(key, cancel))
            throw Unknown();

        AdminLog.KeyChanged(log, ApiKey.ShortHash(key.Key), "changed");
        return Show(key);
    }

    public async Task<Wire.DeleteApiKeyResponse> DeleteAsync(Wire.DeleteApiKeyRequest request, CancellationToken cancel)
    {
        if (!await keys.DeleteAsync(request.Key, cancel))
            throw Unknown();

        AdminLog.KeyChanged(log, ApiKey.ShortHash(request.Key), "deleted");
        return new Wire.DeleteApiKeyResponse();
    }

    private static ApiKey Checked(Wire.ApiKey? offered)
    {
        var key = offered ?? throw Refusal.Invalid("api_key", "Must be given.");
        var problems = new List<FieldProblem>();
        if (!ApiKey.IsWellFormed(key.Key))
            problems.Add(new("api_key.key", ApiKeyRule.SentenceFor(key.Key)));
        if (key.MaxRequestsPerDay < 0)
            problems.Add(new("api_key.max_requests_per_day", $"Must be 0 (unlimited) or more, found {key.MaxRequestsPerDay}."));
        if (key.SubmitSamplePercent is < 0 or > 100)
            problems.Add(
                new("api_key.submit_sample_percent", $"Must be 0 (keep nothing) to 100 percent, found {key.SubmitSamplePercent}."));
        Refusal.Throw(problems);
        return new ApiKey(key.Key, key.MaxRequestsPerDay, key.SubmitSamplePercent, default);
    }

    private async Task<ApiKey> FindAsync(string key, CancellationToken cancel) => await keys.FindAsync(key, cancel) ?? throw Unknown();

    private static Grpc.Core.RpcException Unknown() => Refusal.NotFound("There is no such API key.");

    private static Wire.ApiKey Show(ApiKey key) => new()
    {
        Key = key.Key,
        MaxRequestsPerDay = key.MaxRequestsPerDay,
        SubmitSamplePercent = key.SubmitSamplePercent,
        CreatedAt = key.CreatedAt.ToTimestamp(),
    };
}
