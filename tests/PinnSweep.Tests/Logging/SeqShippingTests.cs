using System.Diagnostics;
using PinnSweep.Cluster.Logging;
using PinnSweep.Logging;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Logging;

/// <summary>What a Seq server answers, and that every event gets there all the same.</summary>
public class SeqShippingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Many_events_come_in_their_order_and_in_batches_that_seq_takes()
    {
        using var seq = new LoopbackSeq();

        await DeliverAsync(seq, 400);

        Assert.Equal(Plans(400), Told(seq));
        Assert.All(seq.Requests, request => Assert.InRange(LoopbackSeq.Lines(request.Body).Length, 1, 150));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task What_a_server_refuses_for_now_is_sent_again(int status)
    {
        var first = true;
        using var seq = new LoopbackSeq(_ => Interlocked.Exchange(ref first, false) ? (status, "") : null);

        await DeliverAsync(seq, 30);

        Assert.Equal([status], seq.Refused);
        Assert.Equal(Plans(30), Told(seq));
    }

    [Fact]
    public async Task Requests_that_are_too_large_are_sent_in_parts()
    {
        using var seq = new LoopbackSeq(body => LoopbackSeq.Lines(body).Length > 7 ? (413, "") : null);

        await DeliverAsync(seq, 100);

        Assert.Contains(413, seq.Refused);
        Assert.Equal(Plans(100), Told(seq));
    }

    [Fact]
    public async Task One_event_that_is_too_large_keeps_no_other_back()
    {
        using var folder = new TemporaryFolder();
        using var seq = new LoopbackSeq(body => body.Contains("plan heavy", StringComparison.Ordinal) ? (413, "") : null);
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            var logger = log.Loggers.CreateLogger("PinnSweep.Run");
            foreach (var plan in (string[])["plan 0", "plan 1", "plan heavy", "plan 2"])
            {
                LogEvents.StopRequested(logger, plan);
            }

            await Waiting.UntilAsync(() => Told(seq).Count() == 3, Patience, () => $"{Told(seq).Count()} of 3");
        }

        Assert.Equal(["plan 0", "plan 1", "plan 2"], Told(seq));
        Assert.Contains("plan heavy", File.ReadAllText(Assert.Single(Directory.GetFiles(folder["logs/seq-buffer"], "invalid-*"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_above_the_limit_of_seq_comes_as_a_word_about_it()
    {
        using var folder = new TemporaryFolder();
        using var seq = new LoopbackSeq();
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            LogEvents.StopRequested(log.Loggers.CreateLogger("PinnSweep.Run"), new string('x', 100_000));
            await Waiting.UntilAsync(() => seq.Events.Any(), Patience, () => "no event");
        }

        Assert.InRange(Assert.Single(seq.Requests).Body.Length, 1, 64 << 10);
    }

    [Fact]
    public async Task The_level_that_seq_asks_for_is_kept()
    {
        using var folder = new TemporaryFolder();
        using var seq = new LoopbackSeq(_ => (201, """{"MinimumLevelAccepted":"Warning"}"""));
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            var logger = log.Loggers.CreateLogger("PinnSweep.Run");
            LogEvents.StopRequested(logger, "before it was asked");
            await Waiting.UntilAsync(() => seq.Events.Any(), Patience, () => "no event");
            // The answer is heard a moment after the event was taken.
            await Waiting.UntilAsync(
                () =>
                {
                    var before = File.ReadAllText(BufferFile(folder)).Length;
                    LogEvents.StopRequested(logger, "information");
                    return File.ReadAllText(BufferFile(folder)).Length == before;
                },
                Patience,
                () => "every event still goes to the buffer");
            LogEvents.WorkerLost(logger, "node-1");
            await Waiting.UntilAsync(() => seq.Events.Any(told => told.TryGetProperty("@l", out var level) && level.GetString() == "Warning"), Patience, () => "no warning");
        }
    }

    [Fact]
    public async Task What_is_told_while_seq_is_gone_comes_with_the_next_run()
    {
        using var folder = new TemporaryFolder();
        var isGone = true;
        using var seq = new LoopbackSeq(_ => Volatile.Read(ref isGone) ? (503, "") : null);
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            Tell(log, 0, 500);
        }

        Volatile.Write(ref isGone, false);
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            Tell(log, 500, 600);
            await Waiting.UntilAsync(() => Told(seq).Count() >= 600, Patience, () => $"{Told(seq).Count()} of 600");
        }

        Assert.NotEmpty(seq.Refused);
        Assert.Equal(Plans(600), Told(seq));
    }

    /// <summary>Waits for a real minute, and then for the buffer's next try.</summary>
    [Fact(Explicit = true)]
    public async Task An_outage_of_a_minute_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        using var seq = new LoopbackSeq(_ => clock.Elapsed < TimeSpan.FromMinutes(1) ? (503, "") : null);
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            var told = 0;
            await Waiting.UntilAsync(
                () =>
                {
                    Tell(log, told, told + 10);
                    told += 10;
                    return clock.Elapsed > TimeSpan.FromMinutes(1);
                },
                TimeSpan.FromMinutes(2),
                () => "the minute did not pass");
            await Waiting.UntilAsync(() => Told(seq).Count() >= told, TimeSpan.FromMinutes(5), () => $"{Told(seq).Count()} of {told}");
            Assert.Equal(Plans(told), Told(seq));
        }
    }

    private static string BufferFile(TemporaryFolder folder)
    {
        // It is written to while it is read.
        var copy = folder["copy"];
        File.Copy(Directory.GetFiles(folder["logs/seq-buffer"], "events-*.clef").Single(), copy, overwrite: true);
        return copy;
    }

    private static async Task DeliverAsync(LoopbackSeq seq, int count)
    {
        using var folder = new TemporaryFolder();
        await using var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address);
        Tell(log, 0, count);
        await Waiting.UntilAsync(() => Told(seq).Count() >= count, Patience, () => $"{Told(seq).Count()} of {count}");
    }

    private static void Tell(RunLog log, int from, int to)
    {
        var logger = log.Loggers.CreateLogger("PinnSweep.Run");
        for (var i = from; i < to; i++)
        {
            LogEvents.StopRequested(logger, $"plan {i}");
        }
    }

    private static IEnumerable<string> Plans(int count) => Enumerable.Range(0, count).Select(i => $"plan {i}");

    private static IEnumerable<string> Told(LoopbackSeq seq) => seq.Events.Select(told => told.GetProperty("StudyId").GetString()!);
}
