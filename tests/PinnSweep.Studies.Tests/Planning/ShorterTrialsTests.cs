using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning;

public sealed class ShorterTrialsTests
{
    private static readonly TrialDescription Long = new(
        new(Level.Of("burgers"), Level.Of("mlp"), Level.Of("static"), Level.Of("uniform"), Level.Of("adam"), Level.Of("none"), Precision.Float32), 3, Budget.OfSteps(60000), 600, 0.1);

    [Fact]
    public void The_same_with_fewer_steps_is_evaluated_as_often_or_as_is_usual_for_these()
    {
        var kin = ShorterTrials.Of(Long, 20000).ToArray();

        Assert.Equal([600, 200], kin.Select(one => one.EvaluateEvery));
        Assert.All(kin, one => Assert.Equal(Long, one with { Budget = Long.Budget, EvaluateEvery = Long.EvaluateEvery }));
        Assert.All(kin, one => Assert.Equal(20000, one.Budget.Steps));
        Assert.Single(ShorterTrials.Of(Long with { EvaluateEvery = 200 }, 20000));
    }

    [Fact]
    public void Neither_the_same_length_nor_a_longer_one_nor_a_budget_of_seconds_is_shorter()
    {
        Assert.Empty(ShorterTrials.Of(Long, 60000));
        Assert.Empty(ShorterTrials.Of(Long, 70000));
        Assert.Empty(ShorterTrials.Of(Long, 0));
        Assert.Empty(ShorterTrials.Of(Long with { Budget = Budget.OfSeconds(100) }, 20));
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(600, null)]
    [InlineData(500, 3000)]
    [InlineData(1200, 1200)]
    public void Points_that_a_shorter_curve_lacks_stay_missing_but_a_rule_that_counts_them_trains_anew(int evaluateEvery, int? common)
    {
        Assert.True(ShorterTrials.MayServe(Long, evaluateEvery));
        Assert.Equal(common, ShorterTrials.CommonPoints(Long, evaluateEvery));
        Assert.Equal(evaluateEvery == 600, ShorterTrials.MayServe(Long with { StopWhen = new(null, 20) }, evaluateEvery));
    }

    [Fact]
    public void A_trial_begins_at_the_furthest_end_that_is_kept_and_that_it_comes_by()
    {
        FinishedKin Kin(char key, int steps, int every, bool isKept) => new(new(new(key, 64)), steps, every, isKept);
        ImmutableArray<FinishedKin> kin = [Kin('a', 100, 1, true), Kin('b', 20000, 200, true), Kin('c', 50000, 500, true), Kin('d', 40000, 400, false)];

        Assert.Equal(new Continuation(new(new('c', 64)), 50000), FinishedKin.BeginningOf(Long, kin));
        Assert.Null(FinishedKin.BeginningOf(Long with { StopWhen = new(null, 20) }, kin));
        Assert.Null(FinishedKin.BeginningOf(Long, [kin[3]]));
        Assert.Null(FinishedKin.BeginningOf(Long, []));
    }
}
