using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Trainings that a rule ends before their budget.</summary>
public sealed class StoppedTrainingTests
{
    [Fact]
    public void Weights_above_the_limit_end_the_training_at_the_evaluation_that_sees_them()
    {
        using var training = Trials.Begin(Trials.Small() with { StopWhen = new(0.5, null) }).RunToEnd();

        var result = training.Result(Trials.Evidence);

        Assert.Equal(10, result.Steps);
        Assert.StartsWith("weights_above 0.5 (", result.StoppedBy, StringComparison.Ordinal);
        Assert.False(training.IsDiverged);
    }

    [Fact]
    public void A_training_without_progress_ends_after_so_many_evaluations()
    {
        using var training = Trials.Begin(Flat(3)).RunToEnd();

        Assert.Equal(30, training.Step);
        Assert.Equal("flat_for 3", training.StoppedBy);
    }

    [Fact]
    public void What_makes_progress_trains_to_its_budget()
    {
        using var training = Trials.Begin(Trials.Small(60, learningRate: 1e-2) with { StopWhen = new(1e8, 5) }).RunToEnd();

        Assert.Equal(60, training.Step);
        Assert.Null(training.StoppedBy);
    }

    [Fact]
    public void At_the_end_of_the_budget_there_is_nothing_to_stop()
    {
        using var training = Trials.Begin(Flat(4)).RunToEnd();

        Assert.Equal(40, training.Step);
        Assert.Null(training.StoppedBy);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    public void A_resumed_training_is_stopped_where_an_uninterrupted_one_is(int at)
    {
        using var uninterrupted = Trials.Begin(Flat(3)).RunToEnd();

        using var after = Trials.Resumed(Flat(3), at).RunToEnd();

        Assert.Equal(uninterrupted.StoppedBy, after.StoppedBy);
        Assert.Equal(uninterrupted.Digits(), after.Digits());
    }

    [Fact]
    public void One_that_goes_on_with_more_steps_is_stopped_as_it_would_have_been()
    {
        using var atOnce = Trials.Begin(Flat(3)).RunToEnd();
        using var shorter = new TrainingLoop(PinnTrials.Assemble(Flat(3).WithSteps(30), "auto"), TimeProvider.System) { KeepsFinal = true };
        shorter.RunToEnd();
        using var longer = Trials.Begin(Flat(3));

        longer.Load(new MemoryStream(shorter.Final!));

        Assert.Null(shorter.StoppedBy);
        Assert.True(longer.IsFinished);
        Assert.Equal(atOnce.StoppedBy, longer.StoppedBy);
        Assert.Equal(atOnce.Digits(), longer.Digits());
    }

    [Fact]
    public void Means_of_weights_of_points_count_as_the_weight_of_their_term()
    {
        var description = Trials.Small(balancer: MethodLevels.Of(ResidualBasedAttention.Entry.Method)) with { StopWhen = new(1e-6, null) };

        using var training = Trials.Begin(description).RunToEnd();

        Assert.Equal(10, training.Step);
        Assert.NotNull(training.StoppedBy);
    }

    // So small a rate that no residual moves by a hundredth.
    private static TrialDescription Flat(int evaluations) => Trials.Small(learningRate: 1e-12) with { StopWhen = new(null, evaluations) };
}
