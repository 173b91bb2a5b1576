using Polly;
using Polly.Retry;

namespace PinnSweep.Storage.Retries;

/// <summary>
/// Trying again for as long as it takes, with pauses that double up to a longest one: for what only waits for a database, a node or a disk.
/// Only success, a failure that does not pass, or cancellation ends it.
/// </summary>
public static class EndlessRetry
{
    /// <summary>The pipeline; it may be used many times and at the same time.</summary>
    /// <typeparam name="T">What an attempt gives.</typeparam>
    /// <param name="clock">The clock of the pauses.</param>
    /// <param name="first">The first pause.</param>
    /// <param name="longest">The longest pause; the same as the first for pauses of one length.</param>
    /// <param name="isPassing">Whether an attempt failed in a way that may pass.</param>
    /// <param name="waits">Told before each pause how many there were before it, and why it is needed.</param>
    public static ResiliencePipeline<T> Of<T>(
        TimeProvider clock, TimeSpan first, TimeSpan longest, Func<Outcome<T>, bool> isPassing, Action<int, Outcome<T>>? waits = null) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = first,
                MaxDelay = longest,
                ShouldHandle = attempt =>
                {
                    if (!isPassing(attempt.Outcome))
                    {
                        return new(false);
                    }

                    // Whoever cancels hears of that, not of what failed last.
                    attempt.Context.CancellationToken.ThrowIfCancellationRequested();
                    return new(true);
                },
                OnRetry = attempt =>
                {
                    waits?.Invoke(attempt.AttemptNumber, attempt.Outcome);
                    return default;
                },
            })
            .Build();
}
