using System.Diagnostics;

namespace PinnSweep.Testing;

/// <summary>Polling with a deadline, in place of sleeping.</summary>
public static class Waiting
{
    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="describe"/> tells what was seen instead.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, Func<string> describe) =>
        UntilAsync(() => Task.FromResult(condition()), limit, describe);

    /// <summary>Waits until a condition holds that has to be asked for.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="describe"/> tells what was seen instead.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> describe)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"not after {limit}: {describe()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25));
        }
    }
}
