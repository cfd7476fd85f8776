using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Configurations;

/// <summary>Asks over HTTP: <c>GET /</c> at port 80, content with 200, unless it is told otherwise.</summary>
public sealed class HttpWaitStrategy : IWaitUntil
{
    private const ushort HttpPort = 80;
    private readonly List<Predicate<HttpStatusCode>> statuses = [];
    private readonly Dictionary<string, string> headers = [];
    private Func<HttpResponseMessage, Task<bool>> message = _ => Task.FromResult(true);
    private HttpMethod method = HttpMethod.Get;
    private string path = "/";
    private string scheme = Uri.UriSchemeHttp;
    private ushort port = HttpPort;

    /// <summary>Is content with a status, beside others.</summary>
    public HttpWaitStrategy ForStatusCode(HttpStatusCode statusCode) => ForStatusCodeMatching(found => found == statusCode);

    /// <summary>Is content with statuses, beside others.</summary>
    public HttpWaitStrategy ForStatusCodeMatching(Predicate<HttpStatusCode> statusCodePredicate)
    {
        statuses.Add(statusCodePredicate);
        return this;
    }

    /// <summary>Looks at the answer.</summary>
    public HttpWaitStrategy ForResponseMessageMatching(Func<HttpResponseMessage, Task<bool>> responseMessagePredicate)
    {
        message = responseMessagePredicate;
        return this;
    }

    /// <summary>Asks for a path.</summary>
    public HttpWaitStrategy ForPath(string path)
    {
        this.path = path;
        return this;
    }

    /// <summary>Asks at a port of the container.</summary>
    public HttpWaitStrategy ForPort(ushort port)
    {
        this.port = port;
        return this;
    }

    /// <summary>Asks over TLS.</summary>
    public HttpWaitStrategy UsingTls(bool tlsEnabled = true)
    {
        scheme = tlsEnabled ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        return this;
    }

    /// <summary>Asks with a method.</summary>
    public HttpWaitStrategy WithMethod(HttpMethod method)
    {
        this.method = method;
        return this;
    }

    /// <summary>Says who asks.</summary>
    public HttpWaitStrategy WithBasicAuthentication(string username, string password) =>
        WithHeader("Authorization", new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))).ToString());

    /// <summary>Adds a header.</summary>
    public HttpWaitStrategy WithHeader(string name, string value)
    {
        headers[name] = value;
        return this;
    }

    /// <inheritdoc />
    public async Task<bool> UntilAsync(IContainer container)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new UriBuilder(scheme, container.Hostname, container.GetMappedPublicPort(port), path).Uri);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        try
        {
            using var answer = await http.SendAsync(request).ConfigureAwait(false);
            var isWanted = statuses.Count == 0 ? answer.StatusCode == HttpStatusCode.OK : statuses.Exists(status => status(answer.StatusCode));
            return isWanted && await message(answer).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
