using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class TermPassesTests
{
    /// <summary>The engine stands at another θ meanwhile, so an evaluation would show.</summary>
    [Fact]
    public void A_step_where_a_line_search_ended_takes_its_evaluation_over()
    {
        using var scene = new PassesScene(StaticWeights.Entry.Method);
        scene.Engine.SetParameters(scene.Other);
        var (probed, taken) = (new double[scene.Theta.Length], new double[scene.Theta.Length]);
        scene.Passes.Probe(scene.Other, PassesScene.Weights, probed);
        scene.Engine.SetParameters(scene.Theta);

        scene.Passes.ForwardAndReverse(scene.Other, scene.Balancer, []);

        scene.Passes.Direction(PassesScene.Weights, taken);
        Assert.Equal(probed, taken);
    }

    [Theory]
    [InlineData("points")]
    [InlineData("weights")]
    [InlineData("theta")]
    [InlineData("no gradient")]
    public void A_step_with_anything_changed_is_evaluated(string change)
    {
        using var scene = new PassesScene(SelfAdaptive.Entry.Method);
        scene.Engine.SetParameters(scene.Other);
        scene.Passes.Probe(scene.Other, PassesScene.Weights, change == "no gradient" ? [] : new double[scene.Theta.Length]);
        scene.Engine.SetParameters(scene.Theta);
        var theta = change == "theta" ? scene.Theta : scene.Other;
        if (change == "points")
        {
            scene.Passes.TakePoints(scene.Sampler, null);
        }
        else if (change == "weights")
        {
            scene.MoveWeights();
        }

        scene.Passes.ForwardAndReverse(theta, scene.Balancer, []);

        var evaluated = scene.Passes.Gradients.ToArray();
        using var fresh = scene.Fresh();
        scene.Engine.SetParameters(scene.Theta);
        fresh.ForwardAndReverse(scene.Theta, scene.Balancer, []);
        Assert.Equal(fresh.Gradients.ToArray(), evaluated);
    }

    [Fact]
    public void A_probe_leaves_the_values_of_the_step_alone()
    {
        using var scene = new PassesScene(StaticWeights.Entry.Method);
        var (losses, residuals) = (scene.Passes.Losses.ToArray(), scene.Passes.Residuals.ToArray());

        scene.Engine.SetParameters(scene.Other);
        var loss = scene.Passes.Probe(scene.Other, PassesScene.Weights, new double[scene.Theta.Length]);

        Assert.Equal(losses, scene.Passes.Losses.ToArray());
        Assert.Equal(residuals, scene.Passes.Residuals.ToArray());
        Assert.NotEqual(losses.Sum(), loss);
    }

    /// <summary>Passes that have evaluated a training's θ, and another θ beside it.</summary>
    private sealed class PassesScene : IDisposable
    {
        private readonly TrainingLoop _training;

        public PassesScene(MethodEntry balancer)
        {
            _training = Trials.Begin(Trials.Small(balancer: MethodLevels.Of(balancer)));
            Theta = _training.Theta.ToArray();
            Other = [.. Theta.Select(value => value + 0.01)];
            Passes = Fresh();
            Engine.SetParameters(Theta);
            Passes.ForwardAndReverse(Theta, Balancer, []);
        }

        public static double[] Weights { get; } = [1, 1, 1];

        public double[] Theta { get; }

        public double[] Other { get; }

        public TermPasses Passes { get; }

        public PinnSweep.Jets.Engines.IJetEngine Engine => _training.Trial.Engine;

        public IBalancer Balancer => _training.Trial.Balancer;

        public ISampler Sampler => _training.Trial.Sampler;

        public TermPasses Fresh()
        {
            var passes = new TermPasses(_training.Trial.Problem, Engine, Theta.Length);
            passes.TakePoints(Sampler, null);
            return passes;
        }

        /// <summary>Lets the balancer see a step, after which its weights are others.</summary>
        public void MoveWeights()
        {
            var observation = new StepObservation
            {
                Step = 0,
                LearningRate = 1e-3,
                ParameterCount = Theta.Length,
                Losses = Passes.Losses,
                WeightedLosses = Passes.WeightedLosses,
                Gradients = Passes.Gradients,
                Residuals = Passes.Residuals,
            };
            Balancer.Update(observation);
            Balancer.AfterStep(observation);
        }

        public void Dispose()
        {
            Passes.Dispose();
            _training.Dispose();
        }
    }
}
