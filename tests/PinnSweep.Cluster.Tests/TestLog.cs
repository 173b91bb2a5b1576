using Microsoft.Extensions.Logging;

namespace PinnSweep.Cluster.Tests;

/// <summary>Sends the product's log to the test's output, where it is seen when a test fails.</summary>
internal sealed class TestLog : IDisposable
{
    public TestLog(ITestOutputHelper output) => Factory = LoggerFactory.Create(builder => builder.AddProvider(new Provider(output)).SetMinimumLevel(LogLevel.Debug));

    public ILoggerFactory Factory { get; }

    public void Dispose() => Factory.Dispose();

    private sealed class Provider(ITestOutputHelper output) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(output, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(ITestOutputHelper output, string category) : ILogger
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
                output.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {formatter(state, exception)} {exception}");
            }
            catch (InvalidOperationException)
            {
                // Said after the test's end.
            }
        }
    }
}
