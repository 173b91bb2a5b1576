using System.Diagnostics;

namespace PinnSweep.Testing;

/// <summary>Polling with a deadline, in place of sleeping.</summary>
public static class Waiting
{
    /// <summary>
    /// Far longer than anything takes that a test waits for, on a busy machine too: what is not there by then does not come.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="describe"/> tells what was seen instead.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, Func<string> describe) =>
        UntilAsync(() => Task.FromResult(condition()), limit, describe);

    /// <summary>Waits until a condition holds that has to be asked for.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="describe"/> tells what was seen instead.</exception>
    public static Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> describe) =>
        UntilAsync(condition, holds => holds, limit, _ => describe());

    /// <summary>Looks again and again until what is seen is as wanted, and returns it.</summary>
    /// <exception cref="TimeoutException">It was not in time; the message holds what was seen last.</exception>
    public static Task<T> UntilAsync<T>(Func<T> look, Func<T, bool> isWanted, TimeSpan limit, Func<T, string>? describe = null) =>
        UntilAsync(() => Task.FromResult(look()), isWanted, limit, describe);

    /// <summary>Asks again and again until the answer is as wanted, and returns it.</summary>
    /// <exception cref="TimeoutException">It was not in time; the message holds the last answer.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isWanted, TimeSpan limit, Func<T, string>? describe = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isWanted(seen))
            {
                return seen;
            }

            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"not after {limit}, last seen: {(describe is null ? seen?.ToString() : describe(seen))}");
            }

            await Task.Delay(Pause);
        }
    }
}
