using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Grpc;

public sealed class LogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_service_throws_is_logged_once_with_its_method_and_nothing_of_the_request()
    {
        var log = new Lines();
        await using var server = await StartAsync(log);

        await FailAsync(server, "throw");
        await server.DisposeAsync();

        var line = log.All.ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Error);
        line.Text.ShouldBe("The service threw while it answered '/exporter.echo.v1.EchoService/Say'; the caller got UNKNOWN.");
        line.Exception.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task What_is_no_fault_of_the_service_is_not_logged()
    {
        var log = new Lines();
        await using var server = await StartAsync(log);

        await server.Client.SayAsync(new() { Text = "hello" }, cancellationToken: Cancel);
        await FailAsync(server, "fail");
        await FailAsync(server, "wait", TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(50));
        using (var mind = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            using var call = server.Client.SayAsync(new() { Text = "sleep" }, cancellationToken: mind.Token);
            while (await server.Journal.NextAsync() != "sleeping")
            {
            }
            await mind.CancelAsync();
            await Should.ThrowAsync<RpcException>(call.ResponseAsync);
        }
        using (var raw = new RawCall(server.Address))
        {
            (await RawCall.StatusOf(await raw.SendAsync(RawCall.Frame(9, 1, 1)))).Status.ShouldBe("13");
            (await RawCall.StatusOf(await raw.SendAsync(RawCall.Frame(0, 1, 255)))).Status.ShouldBe("13");
        }
        await server.DisposeAsync();

        log.All.ShouldBeEmpty();
    }

    private static Task<EchoServer> StartAsync(Lines log) => EchoServer.StartAsync(add: services => services.AddSingleton<ILoggerProvider>(log));

    private static async Task FailAsync(EchoServer server, string text, DateTime? deadline = null)
    {
        using var call = server.Client.SayAsync(new() { Text = text }, deadline: deadline, cancellationToken: Cancel);
        await Should.ThrowAsync<RpcException>(call.ResponseAsync);
    }

    private sealed record Line(LogLevel Level, string Text, Exception? Exception);

    /// <summary>All that gRPC says, and what anybody says at Warning and above.</summary>
    private sealed class Lines : ILoggerProvider
    {
        private readonly ConcurrentQueue<Line> _lines = new();

        public IReadOnlyCollection<Line> All => _lines;

        public ILogger CreateLogger(string categoryName) =>
            new Writer(_lines, categoryName.StartsWith("Grpc", StringComparison.Ordinal) ? LogLevel.Trace : LogLevel.Warning);

        public void Dispose()
        {
        }
    }

    private sealed class Writer(ConcurrentQueue<Line> lines, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(new(logLevel, formatter(state, exception), exception));
        }
    }
}
