using Microsoft.Extensions.Time.Testing;
using PinnSweep.Storage.Retries;

namespace PinnSweep.Storage.Tests.Retries;

public sealed class EndlessRetryTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Pauses_double_up_to_the_longest()
    {
        var attempts = new List<double>();
        var retry = EndlessRetry.Of<bool>(_clock, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5), attempt => !attempt.Result);
        var start = _clock.GetTimestamp();

        var trying = retry.ExecuteAsync(_ =>
        {
            attempts.Add(_clock.GetElapsedTime(start).TotalSeconds);
            return new ValueTask<bool>(attempts.Count == 8);
        }).AsTask();
        for (var tenths = 0; !trying.IsCompleted && tenths < 1000; tenths++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        Assert.True(await trying);
        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], attempts.Zip(attempts.Skip(1), (before, after) => Math.Round(after - before, 6)));
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_it()
    {
        var attempts = 0;
        var retry = EndlessRetry.Of<bool>(_clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), attempt => attempt.Exception is TimeoutException);

        await Assert.ThrowsAsync<InvalidOperationException>(() => retry.ExecuteAsync(_ =>
        {
            attempts++;
            return ValueTask.FromException<bool>(new InvalidOperationException());
        }).AsTask());

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Whoever_cancels_hears_that_and_not_the_last_failure()
    {
        using var cancel = new CancellationTokenSource();
        var waits = 0;
        var retry = EndlessRetry.Of<bool>(_clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), attempt => attempt.Exception is TimeoutException, (_, _) => waits++);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retry.ExecuteAsync(
            async _ =>
            {
                await cancel.CancelAsync();
                return waits == 0 ? throw new TimeoutException() : true;
            },
            cancel.Token).AsTask());

        Assert.Equal(0, waits);
    }
}
