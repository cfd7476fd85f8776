using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Admin.Tests.Stand;

// What Exporter says, sentence by sentence.
internal sealed class ListedLog : ILoggerProvider, ILogger
{
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences
    {
        get
        {
            lock (_sentences)
                return [.. _sentences];
        }
    }

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Exporter.", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_sentences)
            _sentences.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
