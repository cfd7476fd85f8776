using System.Net;

namespace Exporter.ServiceDefaults;

/// <summary>
/// A service's own program as the probe of a running instance beside it, for images that hold nothing else: <c>--probe</c>, or
/// <c>--probe /alive</c>. It asks the <c>Http</c> door where the same settings say that it is.
/// </summary>
public static class Probe
{
    private const string Switch = "--probe";
    private const string Usual = "/ready";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>Probes if the command line says so.</summary>
    /// <returns>Null when it does not; else the exit code, 0 for an answer of 200 and 1 for anything else, which is told.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args is not [Switch, ..])
            return null;

        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var address = AddressOf(configuration["Kestrel:Endpoints:Http:Url"] ?? Door.Http.Url(configuration), args.ElementAtOrDefault(1) ?? Usual);
        try
        {
            using var http = new HttpClient(Handler()) { Timeout = Longest };
            using var answer = await http.GetAsync(address);
            if (answer.StatusCode == HttpStatusCode.OK)
                return 0;
            await Console.Error.WriteLineAsync($"{address} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
        }

        return 1;
    }

    private static Uri AddressOf(string url, string path)
    {
        var listener = BindingAddress.Parse(url);
        var host = IPAddress.TryParse(listener.Host.Trim('[', ']'), out var ip) && !IPAddress.Any.Equals(ip) && !IPAddress.IPv6Any.Equals(ip)
            ? listener.Host
            : "127.0.0.1";
        return new Uri($"{listener.Scheme}://{host}:{listener.Port}{path}");
    }

    // The certificate is made for the name that clients call, and this asks by address, on the same machine.
    private static HttpClientHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    };
}
