using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Exporter.Doorbells.Hosting;

/// <summary>All that was logged.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, string? Event, string Text)> Lines { get; } = new();

    /// <summary>How often an event was told.</summary>
    public int Count(string eventName) => Lines.Count(line => line.Event == eventName);

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(CollectedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Lines.Enqueue((category, logLevel, eventId.Name, $"{formatter(state, exception)} {exception}"));
    }
}
