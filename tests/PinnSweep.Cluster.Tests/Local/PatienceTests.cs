using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Local;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Tests.Security;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>A run waits for its coordinator as long as there is hope, and says what for.</summary>
public sealed class PatienceTests : IDisposable
{
    private static readonly TimeSpan Limit = Waiting.Patience;
    private readonly TestStore _place = new();
    private readonly RecordedLog _log = new();

    public void Dispose()
    {
        _place.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task However_long_no_coordinator_answers_the_study_is_still_asked_for()
    {
        var clock = new FakeTimeProvider();
        var silences = new ConcurrentQueue<TimeSpan>();
        var settled = new TaskCompletionSource<StudyProtocol.StudyStatus>();
        Action<StudyProtocol.StudyStatus> hear = settled.SetResult;
        Action<Exception> fail = settled.SetException;
        using var system = ActorSystem.Create("patience");
        using var coordinator = Inbox.Create(system);
        var submission = new StudySubmission(RetryQuarantined: false);
        var follower = system.ActorOf(Props.Create(() => new StudyFollowerActor("hash", submission, coordinator.Receiver, clock, hear, silences.Enqueue, fail)));

        await Waiting.UntilAsync(() => !silences.IsEmpty, Limit, () => "no silence was told of");
        clock.Advance(TimeSpan.FromHours(3));
        await Waiting.UntilAsync(() => silences.Max(), longest => longest >= TimeSpan.FromHours(3), Limit);
        Assert.False(settled.Task.IsCompleted);

        follower.Tell(new StudyProtocol.StudyAnswer("hash", true), coordinator.Receiver);
        follower.Tell(new StudyProtocol.StudyStatus("hash", "study", 1, 1, 0, 0, 0, 0, []), coordinator.Receiver);
        Assert.Equal(1, (await settled.Task.WaitAsync(Limit, TestContext.Current.CancellationToken)).Accepted);
        await system.Terminate();
    }

    [Fact]
    public async Task A_sound_store_is_waited_for_with_a_word_that_comes_ever_more_rarely()
    {
        using var store = Store.Open(_place.Path);
        Exception? end = null;
        var wait = new CoordinatorWait(store, _log.CreateLogger("Run"), why => end = why);

        for (var seconds = 1; seconds <= 300; seconds++)
        {
            wait.Silent(TimeSpan.FromSeconds(seconds));
            if (seconds is 15 or 30 or 60 or 120 or 240)
            {
                var expected = 1 + (int)Math.Log2(seconds / 15);
                await Waiting.UntilAsync(() => _log.Warnings.Count == expected, Limit, () => string.Join('\n', _log.Warnings));
            }
        }

        Assert.Null(end);
        Assert.Equal(5, _log.Warnings.Count);
        Assert.All(_log.Warnings, warning => Assert.Contains("goes on by itself", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_was_taken_away_ends_the_run_with_words()
    {
        using var store = Store.Open(_place.Path);
        var end = new TaskCompletionSource<Exception>();
        var wait = new CoordinatorWait(store, _log.CreateLogger("Run"), end.SetResult);
        File.Delete(_place.Path);

        wait.Silent(TimeSpan.FromSeconds(20));

        var mistake = Assert.IsType<UserMistakeException>(await end.Task.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Contains(_place.Path, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("taken away", mistake.Message, StringComparison.Ordinal);
    }
}
