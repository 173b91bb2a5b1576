using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>The parts of a trial, made from its description and ready to train.</summary>
/// <param name="Description">What they were made from.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Engine">Derivatives of the network; owned.</param>
/// <param name="Sampler">Where the points lie.</param>
/// <param name="Balancer">What weighs the terms.</param>
/// <param name="Probe">What tells the balancer about points.</param>
/// <param name="Optimizer">What moves θ.</param>
/// <param name="Events">What the parts count.</param>
/// <param name="Theta">The initial θ, coefficients last.</param>
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

    /// <summary>Makes the parts of a trial. The seed's streams give every method the same initial weights and first points.</summary>
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

        var problem = PinnCatalogue.Problem(levels);
        var network = PinnCatalogue.Network(levels.Network, problem, description.Seed);
        var sampler = PinnCatalogue.Sampler(levels.Sampler, problem, description.Seed);
        var engineInUse = JetEngines.Create(engine, network, levels.Precision, problem.Coefficients, note);
        var probe = new TermProbe(problem, sampler, engineInUse);
        var events = new EventCounts();
        foreach (var kept in PinnCatalogue.KeptByConstruction(levels))
        {
            // The result says which conditions are no part of the loss, since its terms do not list them.
            events.Count($"kept-by-construction/{kept}");
        }

        var optimizer = PinnCatalogue.Optimizer(levels.Optimizer, OptimizerContext.For(network, problem, description, events));
        OptimizerCatalog.Advise(description, note);
        var context = new BalancerContext(
            TermInfos(problem, sampler),
            network,
            problem.Coefficients,
            optimizer.BaseLearningRate,
            [.. problem.Terms.Select((_, k) => sampler.IsFixed(k))],
            new(description.Seed, "balancer"),
            events)
        {
            Probe = probe,
        };
        var balancer = TimeCatalog.Find(levels.Time.Kind).Balancer(problem, context, levels.Time, inner => BalancerCatalog.Create(inner, levels.Balancer));
        return new(description, problem, engineInUse, sampler, balancer, probe, optimizer, events, InitialTheta(network, problem, description, engineInUse, sampler))
        {
            Penalty = PinnCatalogue.Penalty(levels.Network, network),
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
