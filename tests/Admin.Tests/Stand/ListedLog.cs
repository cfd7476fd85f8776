using Microsoft.Extensions.Logging;

namespace Exporter.Admin.Tests.Stand;

// What AdminService says, sentence by sentence.
internal sealed class ListedLog(List<string> sentences) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (sentences)
            sentences.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
