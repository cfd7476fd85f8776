using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Exporter.Bench.Server;

namespace Exporter.Bench.Services;

/// <summary>
/// An S3 store that reads what is put, keeps names and metadata, and throws the bytes away: as fast as a store can be, in a
/// process of its own, so that its cost stands apart. Single PUTs with conditions; TestKit's double has the rest of S3.
/// </summary>
internal sealed class ObjectSink : IAsyncDisposable
{
    public const string Command = "object-sink";
    public const string Bucket = "reports";
    private const string NoUploads = "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>";
    private readonly HttpClient http = new();
    private readonly ChildProcess process;

    private ObjectSink(ChildProcess process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    public int ProcessId => process.Id;

    public static async Task<ObjectSink> StartAsync()
    {
        var process = new ChildProcess(Environment.ProcessPath!, [Command]);
        return new(process, await process.FirstLineAsync());
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var shelf = new Shelf();
        app.Run(shelf.AnswerAsync);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.First()));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Answers 503 from now on, or works again.</summary>
    public async Task SetAwayAsync(bool isAway)
    {
        using var answer = await http.PostAsync(new Uri($"{Address}/away/{isAway}"), null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<(long Objects, long Bytes)> CountAsync()
    {
        var words = (await http.GetStringAsync(new Uri($"{Address}/count"))).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return process.DisposeAsync();
    }

    private sealed class Shelf
    {
        private readonly ConcurrentDictionary<string, Dictionary<string, string>> metadataByPath = new();
        private long objects;
        private long bytes;
        private volatile bool isAway;

        public async Task AnswerAsync(HttpContext http)
        {
            var path = http.Request.Path.Value!;
            if (path == "/count")
                await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref objects)} {Interlocked.Read(ref bytes)}"));
            else if (path.StartsWith("/away/", StringComparison.Ordinal))
                isAway = bool.Parse(path["/away/".Length..]);
            else if (isAway)
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else if (HttpMethods.IsPut(http.Request.Method))
                await PutAsync(http, path);
            else if (HttpMethods.IsHead(http.Request.Method))
                Head(http, path);
            else if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query.ContainsKey("uploads"))
                await http.Response.WriteAsync(NoUploads);
            else
                http.Response.StatusCode = StatusCodes.Status501NotImplemented;
        }

        private async Task PutAsync(HttpContext http, string path)
        {
            var length = await ReadAsync(http);
            var metadata = http.Request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => header.Value.ToString());
            if (!metadataByPath.TryAdd(path, metadata) && http.Request.Headers.IfNoneMatch == "*")
            {
                http.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
                return;
            }

            Interlocked.Increment(ref objects);
            Interlocked.Add(ref bytes, length);
            http.Response.Headers.ETag = "\"sunk\"";
        }

        private void Head(HttpContext http, string path)
        {
            if (!metadataByPath.TryGetValue(path, out var metadata))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            http.Response.Headers.ETag = "\"sunk\"";
            foreach (var (name, value) in metadata)
                http.Response.Headers[name] = value;
        }

        private static async Task<long> ReadAsync(HttpContext http)
        {
            var length = 0L;
            while (await http.Request.BodyReader.ReadAsync() is var read)
            {
                length += read.Buffer.Length;
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            return length;
        }
    }
}
