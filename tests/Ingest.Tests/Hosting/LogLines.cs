using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Exporter.Ingest;

/// <summary>Holds what was logged at Warning and above, and at Information by Exporter itself.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> lines = new();

    public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> All => [.. lines];

    public int Count(int eventId) => lines.Count(line => line.Id.Id == eventId);

    public LogLevel Least { get; set; } = LogLevel.Warning;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Enqueue((logLevel, eventId, $"{formatter(state, exception)} {exception}"));
    }

    public void Dispose()
    {
    }
}
