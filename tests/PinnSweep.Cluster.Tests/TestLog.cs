using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PinnSweep.Cluster.Tests;

/// <summary>Sends the product's log to the test's output, where it is seen when a test fails.</summary>
internal sealed class TestLog : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <param name="output">Null only gathers it.</param>
    public TestLog(ITestOutputHelper? output) =>
        Factory = LoggerFactory.Create(builder => builder.AddProvider(new Provider(output, _lines)).SetMinimumLevel(LogLevel.Debug));

    /// <summary>What was logged so far.</summary>
    public string Text => string.Join('\n', _lines);

    public ILoggerFactory Factory { get; }

    public void Dispose() => Factory.Dispose();

    private sealed class Provider(ITestOutputHelper? output, ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(output, lines, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(ITestOutputHelper? output, ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("PinnSweep", StringComparison.Ordinal) || logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            try
            {
                var line = $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {formatter(state, exception)} {exception}";
                lines.Enqueue(line);
                output?.WriteLine(line);
            }
            catch (InvalidOperationException)
            {
                // Said after the test's end.
            }
        }
    }
}
