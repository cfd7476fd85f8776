using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine.Health;

/// <summary>Asks an instance how it is: by the application's health checks, and by requests of its own.</summary>
internal sealed class HealthReader(HealthCheckService checks) : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = LongestAnswer };

    public static ImmutableArray<HealthReportSnapshot> NotYet(IResource resource) =>
    [
        .. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null)),
        .. resource.Annotations.OfType<HttpProbeAnnotation>().Select(probe => new HealthReportSnapshot(probe.Path, null, null, null)),
    ];

    /// <param name="resource">The resource.</param>
    /// <param name="ports">Where this instance of it listens.</param>
    /// <param name="cancel">Ends with the instance.</param>
    public async Task<ImmutableArray<HealthReportSnapshot>> ReadAsync(IResource resource, IReadOnlyDictionary<EndpointAnnotation, int> ports, CancellationToken cancel)
    {
        var reports = ImmutableArray.CreateBuilder<HealthReportSnapshot>();
        foreach (var probe in resource.Annotations.OfType<HttpProbeAnnotation>())
            reports.Add(await ProbeAsync(resource, probe, ports, cancel).ConfigureAwait(false));

        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        if (keys.Count > 0)
            reports.AddRange(await CheckAsync(keys, cancel).ConfigureAwait(false));
        return reports.ToImmutable();
    }

    public void Dispose() => http.Dispose();

    private async Task<IEnumerable<HealthReportSnapshot>> CheckAsync(HashSet<string> keys, CancellationToken cancel)
    {
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancel).WaitAsync(LongestAnswer * 2, TimeProvider.System, cancel).ConfigureAwait(false);
        return keys.Select(key => report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.Message)
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"No health check '{key}' was added to builder.Services.AddHealthChecks().", null));
    }

    private async Task<HealthReportSnapshot> ProbeAsync(IResource resource, HttpProbeAnnotation probe, IReadOnlyDictionary<EndpointAnnotation, int> ports, CancellationToken cancel)
    {
        var candidates = ports.Where(known => known.Key.IsHttp && (probe.EndpointName is null || known.Key.Name == probe.EndpointName)).OrderBy(known => known.Key.Name == "http" ? 0 : 1).ToList();
        if (candidates.Count == 0)
            return new(probe.Path, HealthStatus.Unhealthy, $"'{resource.Name}' has no HTTP endpoint {(probe.EndpointName is null ? "" : $"'{probe.EndpointName}' ")}to ask.", null);

        var (endpoint, port) = candidates[0];
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://{endpoint.TargetHost}:{port}{probe.Path}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = endpoint.Transport == "http2" ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            return (int)answer.StatusCode == probe.StatusCode
                ? new(probe.Path, HealthStatus.Healthy, null, null)
                : new(probe.Path, HealthStatus.Unhealthy, $"'{probe.Path}' answered {(int)answer.StatusCode}, expected {probe.StatusCode}.", null);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(probe.Path, HealthStatus.Unhealthy, $"'{probe.Path}' did not answer.", fault.Message);
        }
    }
}
