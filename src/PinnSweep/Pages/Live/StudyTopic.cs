using System.Data.Common;
using System.Threading.Channels;
using PinnSweep.Api;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Pages.Components;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages.Live;

/// <summary>
/// A study as its page tells it while it changes: one follower of the coordinator, and one drawing for all who look. A study that is done
/// is looked at again now and then, for an order may bring it back.
/// </summary>
internal sealed class StudyTopic(ApiParts parts, string hash)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    // A coordinator that moves is silent for a few seconds, one that is asked again after two answers at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly BoundedChannelOptions NewestAlone = new(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };

    private DateTimeOffset _numbers = parts.Clock.GetUtcNow();

    /// <summary>Tells until cancelled.</summary>
    public async Task TellAsync(LiveTopic topic, CancellationToken cancel)
    {
        var states = Channel.CreateBounded<StudyStatus>(NewestAlone);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var following = Task.WhenAll(FollowAsync(topic, states.Writer, end.Token), TellReportAsync(topic, end.Token));
        try
        {
            await DrawAsync(topic, states.Reader, end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task FollowAsync(LiveTopic topic, ChannelWriter<StudyStatus> states, CancellationToken cancel)
    {
        while (true)
        {
            var follower = new StudyFollower(parts.Node, hash, parts.Clock) { Silent = silence => NoteSilence(topic, silence) };
            await foreach (var state in follower.StatesAsync(cancel))
            {
                _numbers = parts.Clock.GetUtcNow();
                states.TryWrite(state);
            }

            await Task.Delay(Again, parts.Clock, cancel);
        }
    }

    private async Task DrawAsync(LiveTopic topic, ChannelReader<StudyStatus> states, CancellationToken cancel)
    {
        StudyStatus? drawn = null;
        await foreach (var state in states.ReadAllAsync(cancel))
        {
            topic.Tell(await Silence.HeardAsync());
            if (state.IsSettled && drawn == state with { Running = drawn?.Running ?? [] })
            {
                continue;
            }

            var began = parts.Clock.GetTimestamp();
            try
            {
                var facts = await StudyFacts.OfAsync(parts, state, cancel);
                topic.Tell(await PartsText.OfAsync(facts.Parts()));
                drawn = state;
            }
            catch (Exception away) when (away is DbException or RefusalException or TimeoutException)
            {
                topic.Tell(await Silence.SinceAsync(Silence.Whose(away), parts.Clock.GetUtcNow(), _numbers));
            }

            await Task.Delay(LivePace.After(parts.Clock.GetElapsedTime(began)), parts.Clock, cancel);
        }
    }

    // Its tables may be made long after the last state came, and while no coordinator answers. Only that they are new is told; whoever shows
    // them fetches them.
    private async Task TellReportAsync(LiveTopic topic, CancellationToken cancel)
    {
        while (true)
        {
            if (parts.Reports.Newest(hash) is { } report)
            {
                topic.Tell((ReportPanel.Name, report.Version));
            }

            await Task.Delay(Again, parts.Clock, cancel);
        }
    }

    /// <summary>Called by the follower's actor, so that it only starts what takes time.</summary>
    private void NoteSilence(LiveTopic topic, TimeSpan silence)
    {
        if (silence >= Patience)
        {
            _ = Silence.SinceAsync("coordinator", parts.Clock.GetUtcNow() - silence, _numbers).ContinueWith(
                note => topic.Tell(note.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }
}
