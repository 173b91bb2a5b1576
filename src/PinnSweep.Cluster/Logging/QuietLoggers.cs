using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace PinnSweep.Cluster.Logging;

/// <summary>
/// Lets a peer's nonsense into the log once a minute and not a thousand times a second: whoever reaches the port can make remoting warn,
/// and a log that is flooded hides everything else. What is left out is counted and told with the next one. A warning is one line; what
/// belongs to it, such as a stack trace, is told beside it at the level Debug. The product's own events pass as they are.
/// </summary>
internal sealed class QuietLoggers(ILoggerFactory inner, TimeProvider clock) : ILoggerFactory
{
    private readonly FloodGate _gate = new(clock);

    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName.StartsWith("PinnSweep", StringComparison.Ordinal) ? logger : new Quiet(logger, _gate);
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The factory belongs to whoever made it.
    }

    private sealed class Quiet(ILogger inner, FloodGate gate) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning)
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
            else if (formatter(state, exception) is var message && gate.Pass(Shape(message)) is { } leftOut)
            {
                var meaning = PlainWords.Of(OneLine.Words(message).ToString(), exception);
                var line = meaning ?? OneLine.Of(message, exception);
                if (exception is not null || line != message)
                {
                    // Stack traces are for whoever looks for a defect: in the files of the log and in Seq, not before an operator's eyes.
                    inner.Log(LogLevel.Debug, eventId, state, exception, formatter);
                }

                if (meaning is not null)
                {
                    Tell(line, eventId, gate.Pass(line));
                }
                else
                {
                    inner.Log(logLevel, eventId, Counted(line, leftOut), null, static (said, _) => said);
                }
            }
        }

        private static string Counted(string line, int leftOut) =>
            leftOut == 0 ? line : string.Create(CultureInfo.InvariantCulture, $"{line} ({leftOut} more like it were left out)");

        /// <summary>Several messages may mean the same; and what has a meaning here ends by itself, so it is no error.</summary>
        private void Tell(string meaning, EventId eventId, int? leftOut)
        {
            if (meaning.Length > 0 && leftOut is { } more)
            {
                inner.Log(LogLevel.Warning, eventId, Counted(meaning, more), null, static (said, _) => said);
            }
        }

        /// <summary>
        /// What stays the same when the same thing happens again: the beginning, without the words that have digits in them (times, ports,
        /// ids).
        /// </summary>
        private static string Shape(string message)
        {
            const int Longest = 120;
            var head = message.AsSpan(0, Math.Min(message.Length, 4 * Longest));
            var shape = new StringBuilder(Longest);
            while (!head.IsEmpty && shape.Length < Longest)
            {
                var word = 0;
                while (word < head.Length && char.IsAsciiLetterOrDigit(head[word]))
                {
                    word++;
                }

                if (!head[..word].ContainsAnyInRange('0', '9'))
                {
                    shape.Append(head[..word]);
                }

                if (word < head.Length)
                {
                    shape.Append(head[word++]);
                }

                head = head[word..];
            }

            return shape.ToString();
        }
    }
}
