using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Optimizers;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Steps after a tolerance was met take no passes, where nothing can change any more, and leave the same record.</summary>
public sealed class RestTests
{
    private const int Steps = 60;

    [Fact]
    public void Steps_at_rest_take_no_passes_and_change_no_bit()
    {
        var (resting, working) = (Train(isConstant: true), Train(isConstant: false));

        Assert.Equal(working.Result.Curve.Select(Bits), resting.Result.Curve.Select(Bits));
        Assert.Equal(working.Result.Events, resting.Result.Events);
        Assert.InRange(working.Result.Events[OptimizerEvents.ToleranceMet], 20, Steps - 2);
        Assert.Equal(Steps, working.Passes);

        // The step that met the tolerance moves θ, and the one after it finds the losses there.
        Assert.Equal(Steps - working.Result.Events[OptimizerEvents.ToleranceMet] + 1, resting.Passes);
    }

    [Fact]
    public void A_training_in_single_precision_that_nothing_descends_from_rests_too()
    {
        var (resting, working) = (Train(isConstant: true, optimizer: Made.Level("lbfgs"), precision: Precision.Float32, steps: 1500), Train(isConstant: false, optimizer: Made.Level("lbfgs"), precision: Precision.Float32, steps: 1500));

        Assert.Equal(working.Result.Curve.Select(Bits), resting.Result.Curve.Select(Bits));
        Assert.Equal(working.Result.Events, resting.Result.Events);
        Assert.InRange(resting.Passes, 10, 1400);
    }

    [Fact]
    public void New_points_end_the_rest_of_a_step()
    {
        var resting = Train(isConstant: true, resampleEvery: 10);
        var working = Train(isConstant: false, resampleEvery: 10);

        Assert.Equal(working.Result.Curve.Select(Bits), resting.Result.Curve.Select(Bits));
        Assert.InRange(resting.Passes, 2, Steps - 10);
    }

    private static (TrialResult Result, int Passes) Train(bool isConstant, double? resampleEvery = null, Level? optimizer = null, Precision precision = Precision.Float64, int steps = Steps)
    {
        var small = Trials.Small(steps, precision, resampleEvery: resampleEvery);
        var trial = PinnTrials.Assemble(small with { Levels = small.Levels with { Optimizer = optimizer ?? Made.Level("lbfgs", ("tolerance_change", 1e-2), ("tolerance_rule", "either")) } }, "fused");
        var balancer = new Counted(trial.Balancer, isConstant);
        using var training = new TrainingLoop(trial with { Balancer = balancer }, TimeProvider.System);
        training.RunToEnd();
        return (training.Result(Trials.Evidence), balancer.Steps);
    }

    private static string Bits(CurvePoint point) => string.Join(' ', new[] { point.RelativeL2, point.MaxError }.Concat(point.Losses).Select(BitConverter.DoubleToInt64Bits));

    /// <summary>Constant weights that count the steps with passes.</summary>
    private sealed class Counted(IBalancer inner, bool isConstant) : IBalancer, IGradientsOnDemand
    {
        public int Steps { get; private set; }

        public ReadOnlySpan<double> TermWeights => inner.TermWeights;

        public bool IsConstant => isConstant && inner.IsConstant;

        public bool NeedsTermGradients(int step) => false;

        public void AfterStep(in StepObservation observation) => Steps++;

        public void State(StateArchive archive) => inner.State(archive);
    }
}
