using System.Text;
using PinnSweep.Pages.Live;

namespace PinnSweep.Tests.Pages;

/// <summary>What is told to everybody who looks at one thing.</summary>
public sealed class LiveTopicTests
{
    [Fact]
    public void A_reader_gets_the_newest_of_each_part_that_it_has_not_seen()
    {
        var topic = new LiveTopic();
        topic.Tell(("state", "one"), ("matrix", "a"));
        var (seen, first, _) = topic.After(0);
        topic.Tell(("state", "two"));
        topic.Tell(("state", "three"), ("matrix", "a"));

        var (_, second, _) = topic.After(seen);

        Assert.Equal(["event: state\ndata: one\n\n", "event: matrix\ndata: a\n\n"], first.Select(Text));
        Assert.Equal(["event: state\ndata: three\n\n"], second.Select(Text));
    }

    [Fact]
    public void What_says_the_same_as_before_is_told_to_nobody()
    {
        var topic = new LiveTopic();
        topic.Tell(("state", "one"));
        var (seen, _, changed) = topic.After(0);

        topic.Tell(("state", "one"));

        Assert.Empty(topic.After(seen).Events);
        Assert.False(changed.IsCompleted);
    }

    [Fact]
    public void All_readers_get_the_same_bytes()
    {
        var topic = new LiveTopic();
        topic.Tell(("state", "one"));

        Assert.True(topic.After(0).Events[0].Span == topic.After(0).Events[0].Span);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_news()
    {
        var topic = new LiveTopic();
        var changed = topic.After(0).Changed;

        topic.Tell(("state", "one"));

        await changed.WaitAsync(PinnSweep.Testing.Waiting.Patience);
    }

    [Theory]
    [InlineData("a\nb", "event: x\ndata: a\ndata: b\n\n")]
    [InlineData("a\r\nb\rc", "event: x\ndata: a\ndata: b\ndata: c\n\n")]
    [InlineData("a\n\nevent: forged\ndata: b", "event: x\ndata: a\ndata: \ndata: event: forged\ndata: data: b\n\n")]
    [InlineData("", "event: x\ndata: \n\n")]
    public void No_text_can_pass_for_another_event(string text, string expected)
    {
        var topic = new LiveTopic();

        topic.Tell(("x", text));

        Assert.Equal(expected, Text(topic.After(0).Events.Single()));
    }

    [Fact]
    public async Task A_thing_has_one_source_however_many_look_and_none_when_nobody_does()
    {
        using var stop = new CancellationTokenSource();
        var topics = new LiveTopics(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, stop.Token);
        var (begun, ended) = (0, new TaskCompletionSource());

        var listening = Enumerable.Range(0, 100).Select(_ => topics.Listen("study", Source)).ToList();
        listening[0].Topic.Tell(("state", "one"));
        var heard = listening[99].Topic.After(0).Events.Length;
        listening.ForEach(one => one.Dispose());
        listening[0].Dispose();
        await ended.Task.WaitAsync(PinnSweep.Testing.Waiting.Patience);
        using var again = topics.Listen("study", Source);
        await PinnSweep.Testing.Waiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref begun)), count => count == 2, PinnSweep.Testing.Waiting.Patience);

        Assert.Equal(1, heard);
        Assert.Equal(1, topics.Count);
        await stop.CancelAsync();

        async Task Source(LiveTopic topic, CancellationToken cancel)
        {
            Interlocked.Increment(ref begun);
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                ended.TrySetResult();
            }
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
