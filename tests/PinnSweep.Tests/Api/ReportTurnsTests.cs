using PinnSweep.Api;

namespace PinnSweep.Tests.Api;

public sealed class ReportTurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_study_holds_one_turn_and_others_have_the_second()
    {
        using var turns = new ReportTurns();
        var first = await turns.TakeAsync("a", TimeSpan.Zero, default);

        Assert.NotNull(first);
        Assert.Null(await turns.TakeAsync("a", TimeSpan.Zero, default));
        using (var other = await turns.TakeAsync("b", TimeSpan.Zero, default))
        {
            Assert.NotNull(other);
            Assert.Null(await turns.TakeAsync("c", TimeSpan.Zero, default));
        }

        var waiting = turns.TakeAsync("a", Patience, default);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        using var next = await waiting;
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_leaves_no_turn_taken()
    {
        using var turns = new ReportTurns();
        using var cancel = new CancellationTokenSource();
        var first = await turns.TakeAsync("a", Patience, default);
        var waiting = turns.TakeAsync("a", Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first!.Dispose();
        using var again = await turns.TakeAsync("a", TimeSpan.Zero, default);
        Assert.NotNull(again);
    }
}
