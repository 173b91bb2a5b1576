using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Preparation;

/// <summary>
/// How the parts of a trial's stages are made from its description. The seed's streams give every method the same initial weights and first
/// points.
/// </summary>
/// <param name="description">The trial.</param>
/// <param name="methods">What its levels name; they fit together.</param>
/// <param name="engines">Where the stages have their engine from.</param>
internal sealed class StageMaker(TrialDescription description, TrialMethods methods, IEngineSource engines)
{
    private readonly CellLevels _levels = description.Levels;
    private readonly ImmutableArray<Stage> _stages = methods.Time.Stages(description.Levels, methods.Target, methods.Problems);

    /// <summary>Makes the parts of the first stage.</summary>
    /// <param name="note">Takes what a person should know, for instance that a slower engine had to be used.</param>
    public TrialAssembly First(Action<string>? note = null)
    {
        var events = new EventCounts();
        foreach (var kept in methods.Kept)
        {
            // The result says which conditions are no part of the loss, since its terms do not list them.
            events.Count($"kept-by-construction/{kept}");
        }

        if (description.Budget.Steps < _stages.Length)
        {
            note?.Invoke($"{description.Budget} for {_stages.Length} stages leave some without any");
        }

        methods.Optimizer.Advise(description, [.. _stages.Select(stage => stage.Share)], note);
        return Make(0, events, null, null, note);
    }

    /// <summary>Makes the parts of the stage after another one, whose engine they take over.</summary>
    /// <param name="ended">The stage that has ended.</param>
    /// <param name="theta">θ at its end, which its engine has.</param>
    internal TrialAssembly Next(TrialAssembly ended, double[] theta) =>
        Make(ended.StageNumber + 1, ended.Events, new(ended.Problem, ended.Engine), theta, null);

    private TrialAssembly Make(int number, EventCounts events, TrainedNetwork? previous, double[]? theta, Action<string>? note)
    {
        var stage = _stages[number];
        var problem = stage.Problem(previous);

        // What a network draws for good, such as frequencies, stays: θ belongs to it.
        var network = methods.Network.Make(_levels.Network, problem, description.Seed);
        var seed = Stage.Seed(description.Seed, number);
        var sampler = methods.Sampler.Make(_levels.Sampler, problem, seed);
        var engineInUse = engines.Create(network, _levels.Precision, problem.Coefficients, note);
        var probe = new TermProbe(problem, sampler, engineInUse);
        IOptimizer NewOptimizer() => methods.Optimizer.Create(OptimizerContextOf(network, problem, seed, events), _levels.Optimizer);
        var optimizer = NewOptimizer();
        TermInfo InfoOf(LossTerm term, int k) => new(term.Name, term.Role, sampler.Points(k).Length / problem.Dimension, term.Scale);
        var context = new BalancerContext(
            [.. problem.Terms.Select(InfoOf)],
            network,
            problem.Coefficients,
            optimizer.BaseLearningRate,
            [.. problem.Terms.Select((_, k) => sampler.IsFixed(k))],
            new(seed, "balancer"),
            events)
        {
            Probe = probe,
        };
        var balancer = methods.Time.Balancer(problem, context, _levels.Time, inner => methods.Balancer.Make(inner, _levels.Balancer));
        var start = theta is null || stage.IsFresh ? InitialTheta(network, problem, seed, engineInUse, sampler) : theta;
        return new(description, problem, engineInUse, sampler, balancer, probe, optimizer, events, start)
        {
            Penalty = methods.Network.Penalty(_levels.Network, network),
            Target = methods.Target,
            Stated = methods.Stated,
            Notices = methods.Notices,
            Stages = _stages,
            StageNumber = number,
            Shares = _stages.Take(number + 1).Sum(one => one.Share),
            Maker = this,
            NewOptimizer = NewOptimizer,
            Previous = previous,
        };
    }

    private OptimizerContext OptimizerContextOf(NetworkGraph network, Problem problem, long seed, EventCounts events) =>
        new(network.ParameterCount + problem.Coefficients, _levels.Precision == Precision.Float32)
        {
            Matrices = ParameterMatrix.Of(network),
            Events = events,
            Stream = new(seed, "optimizer"),
        };

    private double[] InitialTheta(NetworkGraph network, Problem problem, long seed, IJetEngine engineInUse, ISampler sampler)
    {
        var theta = new double[network.ParameterCount + problem.Coefficients];
        network.Initialize(new(seed, "init")).CopyTo(theta, 0);
        problem.Unknowns.Select(unknown => unknown.Start).ToArray().CopyTo(theta, network.ParameterCount);
        if (methods.Network.FitsHead(_levels.Network))
        {
            HeadFit.Apply(problem, engineInUse, sampler.Points, theta);
        }

        if (_levels.Precision == Precision.Float32)
        {
            Flat.RoundToSingle(theta);
        }

        return theta;
    }
}
