using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Cluster.Tests.Logging;

/// <summary>What an operator reads of the actor system's troubles, and where the rest is.</summary>
public sealed class QuietLoggersTests
{
    private const string Trace = "Association with remote system has failed.\nCaused by: System.AggregateException: refused\n   at Akka.Remote.Transport.Connect() in C:\\agent\\x.cs:line 12";

    [Fact]
    public void A_warning_of_the_actor_system_is_one_line_and_its_stack_trace_is_told_at_debug()
    {
        using var told = new Told();
        var log = new QuietLoggers(told, TimeProvider.System).CreateLogger("Akka.Actor.ActorSystem");

        log.LogWarning(new InvalidOperationException("one\ntwo"), "{Message}", Trace);

        Assert.Equal([(LogLevel.Debug, true), (LogLevel.Warning, false)], told.Events.Select(said => (said.Level, said.Cause is not null)));
        Assert.Equal(Trace, told.Events[0].Text);
        Assert.Equal("Association with remote system has failed. (InvalidOperationException: one)", told.Events[1].Text);
    }

    [Fact]
    public void A_warning_that_is_one_line_is_told_once()
    {
        using var told = new Told();

        new QuietLoggers(told, TimeProvider.System).CreateLogger("Akka.Actor.ActorSystem").LogWarning("short");

        Assert.Equal([(LogLevel.Warning, "short")], told.Events.Select(said => (said.Level, said.Text)));
    }

    [Fact]
    public void A_trace_without_ends_of_lines_is_cut_as_well_and_no_line_is_endless()
    {
        Assert.Equal("it broke", OneLine.Of("it broke   at Akka.Actor.Run()   at More()", null));
        Assert.Equal("Heartbeat [1] is late", OneLine.Of("[WARNING][11/30/2026 01:10:10.731Z][Thread 0019][akka.tcp://pinnsweep@127.0.0.1:46501/system/x] Heartbeat [1] is late", null));
        Assert.Equal(300, OneLine.Of(new string('x', 5000), null).Length);
    }

    [Fact]
    public void The_products_own_events_pass_as_they_are()
    {
        using var told = new Told();
        var cause = new InvalidOperationException("why");

        LogEvents.JournalFailed(new QuietLoggers(told, TimeProvider.System).CreateLogger("PinnSweep.Cluster"), cause);

        Assert.Same(cause, Assert.Single(told.Events).Cause);
    }

    private sealed class Told : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, string Text, Exception? Cause)> Events { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Add((logLevel, formatter(state, exception), exception));
    }
}
