using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Api;
using PinnSweep.Planning;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing;

namespace PinnSweep.Tests.Api;

/// <summary>A study that wants much time holds up nobody but itself, and not for long.</summary>
public sealed class SubmissionPlannerTests
{
    private const int NoLimitOfTrials = 2_000_000;

    /// <summary>Of planning; more than all that the clocks of these tests are let run.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromDays(1);

    /// <summary>More than the moment after which a study counts as large.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_plan_that_takes_too_long_is_ended_and_says_what_it_was_at()
    {
        await using var planner = new SubmissionPlanner(TimeSpan.FromSeconds(0.3), new LookedAtClock());

        var mistake = await Assert.ThrowsAsync<UserMistakeException>(() => planner.PlanAsync(Study(Large), NoLimitOfTrials, default).WaitAsync(Waiting.Patience));

        Assert.StartsWith("study.yaml: planning was ended after 0.3 s, while ", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("cell ", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("--planning-limit", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await planner.PlanAsync(Study(TestApi.Study), NoLimitOfTrials, default).WaitAsync(Waiting.Patience)).Trials.Length);
    }

    [Fact]
    public async Task A_large_study_holds_up_no_small_one()
    {
        var clock = new FakeTimeProvider();
        await using var planner = new SubmissionPlanner(Limit, clock);
        using var cancel = new CancellationTokenSource();
        var large = planner.PlanAsync(Study(Endless), NoLimitOfTrials, cancel.Token);
        await UntilAsync(clock, () => planner.Large == 1);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(2, (await planner.PlanAsync(Study(TestApi.Study), NoLimitOfTrials, default).WaitAsync(Waiting.Patience)).Trials.Length);
        }

        Assert.False(large.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large.WaitAsync(Waiting.Patience));
    }

    [Fact]
    public async Task Too_many_large_studies_are_to_come_again_later()
    {
        var clock = new FakeTimeProvider();
        await using var planner = new SubmissionPlanner(Limit, clock);
        using var cancel = new CancellationTokenSource();
        var large = Enumerable.Range(0, SubmissionPlanner.MostLarge).Select(_ => planner.PlanAsync(Study(Endless), NoLimitOfTrials, cancel.Token)).ToList();
        await UntilAsync(clock, () => planner.Large == SubmissionPlanner.MostLarge);

        var tooMany = planner.PlanAsync(Study(Endless), NoLimitOfTrials, default);
        await UntilAsync(clock, () => tooMany.IsCompleted);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => tooMany);

        Assert.Equal((StatusCodes.Status503ServiceUnavailable, true), (refusal.Status, refusal.RetryAfterSeconds > 0));
        Assert.All(large, task => Assert.False(task.IsCompleted));
        await cancel.CancelAsync();
        foreach (var task in large)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Waiting.Patience));
        }

        Assert.Equal(2, (await planner.PlanAsync(Study(TestApi.Study), NoLimitOfTrials, default).WaitAsync(Waiting.Patience)).Trials.Length);
    }

    [Fact]
    public async Task Time_that_a_large_study_waits_for_another_is_not_its_own()
    {
        var clock = new FakeTimeProvider();
        await using var planner = new SubmissionPlanner(TimeSpan.FromMinutes(1), clock);
        var first = planner.PlanAsync(Study(Endless), NoLimitOfTrials, default);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Waiting.UntilAsync(() => planner.Large, large => large == 1, Waiting.Patience);
        var second = planner.PlanAsync(Study(Endless), NoLimitOfTrials, default);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Waiting.UntilAsync(() => planner.Large, large => large == 2, Waiting.Patience);

        clock.Advance(TimeSpan.FromSeconds(59));
        var ofFirst = await Assert.ThrowsAsync<UserMistakeException>(() => first.WaitAsync(Waiting.Patience));
        Assert.False(second.IsCompleted);
        var waited = clock.GetUtcNow();
        await UntilAsync(clock, () => second.IsCompleted);

        var ofSecond = await Assert.ThrowsAsync<UserMistakeException>(() => second);
        Assert.All([ofFirst, ofSecond], mistake => Assert.Contains("ended after 60 s", mistake.Message, StringComparison.Ordinal));
        Assert.InRange(clock.GetUtcNow() - waited, TimeSpan.FromSeconds(59), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task What_is_planned_ends_with_the_node()
    {
        var planner = new SubmissionPlanner(Limit, TimeProvider.System);
        var large = planner.PlanAsync(Study(Endless), NoLimitOfTrials, default);

        await planner.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large.WaitAsync(Waiting.Patience));
    }

    /// <summary>Lets the clock run until a condition holds.</summary>
    private static Task UntilAsync(FakeTimeProvider clock, Func<bool> condition) => Waiting.UntilAsync(
        () =>
        {
            clock.Advance(Moment);
            return condition();
        },
        Waiting.Patience,
        () => $"not at {clock.GetUtcNow()}");

    /// <summary>
    /// A clock that moves on whenever somebody looks at it, and else stands: what has many parts takes long, however fast the machine is.
    /// </summary>
    private sealed class LookedAtClock : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 10_000;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks);
    }

    private static StudySource Study(string text) => StudySource.Packed(text, "study.yaml", []);

    /// <summary>Seconds of planning.</summary>
    private static string Large => Grid(300);

    /// <summary>Minutes of planning.</summary>
    private static string Endless => Grid(1000);

    private static string Grid(int levels) => string.Create(
        CultureInfo.InvariantCulture,
        $"study: large\nseeds: 1\nbudget: {{steps: 5}}\nfactors:\n  problem: [helmholtz]\n  balancer: [{Levels("relobralo", "temperature", levels)}]\n  optimizer: [{Levels("adam", "lr", levels)}]\n");

    private static string Levels(string kind, string parameter, int count) => string.Join(',', Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{kind: {kind}, {parameter}: {i}}}")));
}
