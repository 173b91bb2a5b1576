using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>The parts of a stage of a trial, made from its description and ready to train. Most trials have one stage only.</summary>
/// <param name="Description">What they were made from.</param>
/// <param name="Problem">The problem of the stage.</param>
/// <param name="Engine">Derivatives of the network; owned.</param>
/// <param name="Sampler">Where the points lie.</param>
/// <param name="Balancer">What weighs the terms.</param>
/// <param name="Probe">What tells the balancer about points.</param>
/// <param name="Optimizer">What moves θ.</param>
/// <param name="Events">What the parts count, in all stages.</param>
/// <param name="Theta">θ at the beginning of the stage, coefficients last.</param>
public sealed record TrialAssembly(
    TrialDescription Description,
    Problem Problem,
    IJetEngine Engine,
    ISampler Sampler,
    IBalancer Balancer,
    TermProbe Probe,
    IOptimizer Optimizer,
    EventCounts Events,
    double[] Theta)
{
    /// <summary>What the network adds to the loss that depends on θ alone, or null.</summary>
    public IParameterPenalty? Penalty { get; init; }

    /// <summary>The problem that the trial is judged by, whatever its stages train on.</summary>
    public Problem Target { get; init; } = Problem;

    /// <summary>The same as its level states it, before the network kept any of its conditions by construction.</summary>
    public Problem Stated { get; init; } = Problem;

    /// <summary>The stages of the trial.</summary>
    public ImmutableArray<Stage> Stages { get; init; } = Stage.Whole(Problem);

    /// <summary>The number of this one, from 0.</summary>
    public int StageNumber { get; init; }

    /// <summary>The part of the budget that is used up when the stage ends.</summary>
    private double Shares { get; init; } = 1;

    private string EngineWord { get; init; } = JetEngines.Auto;

    private Func<IOptimizer> NewOptimizer { get; init; } = () => throw new InvalidOperationException("only a stage of a trial can begin anew");

    /// <summary>What the problem may still ask; owned.</summary>
    private TrainedNetwork? Previous { get; init; }

    /// <summary>Makes the parts of a trial's first stage. The seed's streams give every method the same initial weights and first points.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="engine">A word of <see cref="JetEngines"/>.</param>
    /// <param name="note">Takes what a person should know, for instance that a slower engine had to be used.</param>
    /// <exception cref="UserMistakeException">The levels do not fit together.</exception>
    public static TrialAssembly Create(TrialDescription description, string engine, Action<string>? note = null)
    {
        var levels = description.Levels;
        if (PinnCatalogue.Instance.WhyNotApplicable(levels) is { } reason)
        {
            throw new UserMistakeException($"this trial cannot be run: {reason}");
        }

        var target = PinnCatalogue.Problem(levels);
        var events = new EventCounts();
        foreach (var kept in PinnCatalogue.KeptByConstruction(levels))
        {
            // The result says which conditions are no part of the loss, since its terms do not list them.
            events.Count($"kept-by-construction/{kept}");
        }

        var stages = TimeCatalog.Find(levels.Time.Kind).Stages(levels, target);
        if (description.Budget.Steps < stages.Length)
        {
            note?.Invoke($"{description.Budget} for {stages.Length} stages leave some without any");
        }

        OptimizerCatalog.Advise(description, [.. stages.Select(stage => stage.Share)], note);
        return Create(description, engine, note, target, stages, 0, events, null, null);
    }

    /// <summary>Whether the stage's part of the budget is used up. The last one ends with the trial.</summary>
    /// <param name="step">Steps taken in all stages.</param>
    /// <param name="seconds">Training time of all stages.</param>
    public bool IsStageOver(int step, double seconds) => StageNumber < Stages.Length - 1
        && (Description.Budget.Steps is { } steps ? step >= (int)Math.Round(steps * Shares) : seconds >= Description.Budget.Seconds * Shares);

    /// <summary>Makes the parts of the next stage. The engine and what this stage's problem asked are no longer this one's.</summary>
    /// <param name="theta">The θ that this stage ended with.</param>
    public TrialAssembly Next(double[] theta)
    {
        Probe.Dispose();
        Previous?.Dispose();
        Engine.SetParameters(theta);
        return Create(Description, EngineWord, null, Target, Stages, StageNumber + 1, Events, new(Problem, Engine), theta);
    }

    /// <summary>The same parts with an optimizer as it was made at the beginning of the stage.</summary>
    public TrialAssembly WithFreshOptimizer() => this with { Optimizer = NewOptimizer() };

    /// <summary>The parts of the first stage once more, as at the beginning of the trial.</summary>
    internal TrialAssembly Again() => Create(Description, EngineWord);

    /// <summary>Disposes of what the stage owns.</summary>
    public void Release()
    {
        Probe.Dispose();
        Previous?.Dispose();
        Engine.Dispose();
    }

    private static TrialAssembly Create(
        TrialDescription description,
        string engine,
        Action<string>? note,
        Problem target,
        ImmutableArray<Stage> stages,
        int number,
        EventCounts events,
        TrainedNetwork? previous,
        double[]? theta)
    {
        var (levels, stage) = (description.Levels, stages[number]);
        var problem = stage.Problem(previous);

        // What a network draws for good, such as frequencies, stays: θ belongs to it.
        var network = PinnCatalogue.Network(levels.Network, problem, description.Seed);
        var own = description with { Seed = Stage.Seed(description.Seed, number) };
        var sampler = PinnCatalogue.Sampler(levels.Sampler, problem, own.Seed);
        var engineInUse = JetEngines.Create(engine, network, levels.Precision, problem.Coefficients, note);
        var probe = new TermProbe(problem, sampler, engineInUse);
        IOptimizer NewOptimizer() => PinnCatalogue.Optimizer(levels.Optimizer, OptimizerContext.For(network, problem, own, events));
        var optimizer = NewOptimizer();
        var context = new BalancerContext(
            TermInfos(problem, sampler),
            network,
            problem.Coefficients,
            optimizer.BaseLearningRate,
            [.. problem.Terms.Select((_, k) => sampler.IsFixed(k))],
            new(own.Seed, "balancer"),
            events)
        {
            Probe = probe,
        };
        var balancer = TimeCatalog.Find(levels.Time.Kind).Balancer(problem, context, levels.Time, inner => BalancerCatalog.Create(inner, levels.Balancer));
        var start = theta is null || stage.IsFresh ? InitialTheta(network, problem, own, engineInUse, sampler) : theta;
        return new(description, problem, engineInUse, sampler, balancer, probe, optimizer, events, start)
        {
            Penalty = PinnCatalogue.Penalty(levels.Network, network),
            Target = target,
            Stated = PinnCatalogue.Problem(description.Levels.Problem),
            Stages = stages,
            StageNumber = number,
            Shares = stages.Take(number + 1).Sum(one => one.Share),
            EngineWord = engine,
            NewOptimizer = NewOptimizer,
            Previous = previous,
        };
    }

    private static ImmutableArray<TermInfo> TermInfos(Problem problem, ISampler sampler) =>
        [.. problem.Terms.Select((term, k) => new TermInfo(term.Name, term.Role, sampler.Points(k).Length / problem.Dimension, term.Scale))];

    private static double[] InitialTheta(NetworkGraph network, Problem problem, TrialDescription description, IJetEngine engine, ISampler sampler)
    {
        var theta = new double[network.ParameterCount + problem.Coefficients];
        network.Initialize(new(description.Seed, "init")).CopyTo(theta, 0);
        problem.Unknowns.Select(unknown => unknown.Start).ToArray().CopyTo(theta, network.ParameterCount);
        if (PinnCatalogue.FitsHead(description.Levels.Network))
        {
            HeadFit.Apply(problem, engine, sampler, theta);
        }

        if (description.Levels.Precision == Precision.Float32)
        {
            Flat.RoundToSingle(theta);
        }

        return theta;
    }
}
