using System.Globalization;
using PinnSweep.Studies.Texts;
using Serilog.Core;
using Serilog.Events;

namespace PinnSweep.Logging;

/// <summary>
/// Warnings and errors for the person at the terminal, one line each; a live display can take the lines over while it draws.
/// </summary>
internal sealed class ConsoleSink(TextWriter writer) : ILogEventSink
{
    private readonly Lock _lock = new();
    private Action<string>? _through;

    public void Emit(LogEvent logEvent)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{logEvent.Timestamp:HH:mm:ss} {Word(logEvent.Level)}: {logEvent.RenderMessage(CultureInfo.InvariantCulture)}");
        if (logEvent.Exception is { } exception)
        {
            line += $" ({exception.GetType().Name}: {exception.Message.Split('\n')[0]})";
        }

        // One line each, so that no word of a host or a fault can pass for another one.
        line = VisibleText.Line(line);
        lock (_lock)
        {
            (_through ?? writer.WriteLine)(line);
        }
    }

    /// <summary>Tells something that is no event of the log.</summary>
    public void Tell(string line)
    {
        lock (_lock)
        {
            (_through ?? writer.WriteLine)(line);
        }
    }

    /// <summary>Sends lines elsewhere until the result is disposed.</summary>
    public IDisposable Through(Action<string> write)
    {
        lock (_lock)
        {
            _through = write;
        }

        return new Restore(this);
    }

    private static string Word(LogEventLevel level) => level switch
    {
        LogEventLevel.Warning => "warning",
        LogEventLevel.Error => "error",
        LogEventLevel.Fatal => "fatal",
        _ => "note",
    };

    private sealed class Restore(ConsoleSink sink) : IDisposable
    {
        public void Dispose()
        {
            lock (sink._lock)
            {
                sink._through = null;
            }
        }
    }
}
