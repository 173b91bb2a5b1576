using System.Data.Common;
using PinnSweep.Api;

namespace PinnSweep.Pages.Live;

/// <summary>A source of something that nobody tells of by itself: it is asked for again and again while somebody looks.</summary>
internal static class PolledTopic
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <summary>Asks, draws and tells, until cancelled.</summary>
    /// <param name="read">What to tell now.</param>
    /// <param name="clock">The clock of rests.</param>
    public static Func<LiveTopic, CancellationToken, Task> Of(Func<CancellationToken, Task<IReadOnlyCollection<(string, string)>>> read, TimeProvider clock) => async (topic, cancel) =>
    {
        var heard = clock.GetUtcNow();
        while (true)
        {
            var began = clock.GetTimestamp();
            try
            {
                topic.Tell([.. await read(cancel), await Silence.HeardAsync()]);
                heard = clock.GetUtcNow();
            }
            catch (Exception away) when (away is RefusalException or DbException or TimeoutException)
            {
                topic.Tell(await Silence.SinceAsync(Silence.Whose(away), heard, heard));
            }

            var rest = LivePace.After(clock.GetElapsedTime(began));
            await Task.Delay(rest > Between ? rest : Between, clock, cancel);
        }
    };
}
