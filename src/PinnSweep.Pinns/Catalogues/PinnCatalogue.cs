using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>Every method that a study may name, and how a level becomes the thing itself.</summary>
public static class PinnCatalogue
{
    // A plan asks for the problem of a level once or more for every cell, and to read a file's expressions, or to rewrite them for a network that keeps conditions,
    // may take milliseconds. Kept while somebody has the level.
    private static readonly ConditionalWeakTable<Level, Problem> OfFiles = [];
    private static readonly ConditionalWeakTable<Level, ConditionalWeakTable<Level, Problem>> OfNetworks = [];

    /// <summary>
    /// The catalogue for planning. What a level names and a problem does not have, for instance the weight of a term, is no combination that can work; where no
    /// problem of a study has it, it is a slip (<see cref="Catalogue.NamesOf"/>). Its <see cref="Catalogue.WhyNotApplicable"/> throws
    /// <see cref="UserMistakeException"/> where the parameters of a level contradict each other.
    /// </summary>
    public static Catalogue Instance { get; } = new(
        [
            .. ProblemCatalog.All.Select(entry => entry.Method),
            ProblemFile.Entry,
            .. NetworkCatalog.All.Select(entry => KnownDefaults.With(entry.Method)),
            .. BalancerCatalog.All.Select(entry => KnownDefaults.With(entry.Method)),
            .. SamplerCatalog.All.Select(entry => KnownDefaults.With(entry.Method)),
            .. OptimizerCatalog.All.Select(entry => KnownDefaults.With(entry.Method)),
            .. TimeCatalog.All.Select(entry => KnownDefaults.With(entry.Method)),
            new(Factor.Precision, Precision.Float32.ToWord(), "single-precision network passes; θ is rounded after every step, reductions stay double", "IEEE 754", []),
            new(Factor.Precision, Precision.Float64.ToWord(), "double precision throughout", "IEEE 754", []),
        ],
        WhyNotApplicable)
    {
        NoticeOf = levels => Activations.IsForced(levels.Network) && Problem(levels) is var problem && WhyNotSmoothEnough(problem, Network(levels.Network, problem, 0)) is { } reason
            ? $"{levels.Network.Kind} on {levels.Problem.Kind} is trained though {reason.Split(" (")[0]}"
            : null,
        NamesOf = NamesOf,
        WhyNoMetric = (problem, metric) => metric == CurvePoint.ResidualL2 || Problem(problem).HasSolution
            ? null
            : $"{metric} needs a solution to compare with, and '{problem.Kind}' has none; take 'metric: {CurvePoint.ResidualL2}', or give its file 'exact'",
    };

    /// <summary>The problem of a level.</summary>
    public static Problem Problem(Level level) => ProblemDefinition.IsIn(level) ? OfFiles.GetValue(level, ProblemDefinition.ToProblem) : Find(ProblemCatalog.All, entry => entry.Method, level).Create(level);

    /// <summary>The problem of a cell: that of its level, without the terms that the cell's network keeps by construction.</summary>
    public static Problem Problem(CellLevels levels) => ProblemDefinition.IsIn(levels.Problem)
        ? OfNetworks.GetOrCreateValue(levels.Problem).GetValue(levels.Network, network => Adapted(network, levels.Problem))
        : Adapted(levels.Network, levels.Problem);

    /// <summary>The network of a level for a problem and a seed.</summary>
    /// <exception cref="UserMistakeException">It is larger than can be trained.</exception>
    public static NetworkGraph Network(Level level, Problem problem, long seed)
    {
        try
        {
            return Find(NetworkCatalog.All, entry => entry.Method, level).Create(level, problem, seed);
        }
        catch (NetworkTooLargeException large)
        {
            throw new UserMistakeException($"network '{level.Kind}': {large.Message}; take fewer or narrower layers", large);
        }
    }

    /// <summary>What a network adds to the loss that depends on its parameters alone, or null.</summary>
    public static IParameterPenalty? Penalty(Level level, NetworkGraph network) => Find(NetworkCatalog.All, entry => entry.Method, level).Penalty(level, network);

    /// <summary>Whether the head of a network is fitted before the training.</summary>
    public static bool FitsHead(Level network) => Find(NetworkCatalog.All, entry => entry.Method, network).FitsHead(network);

    /// <summary>The sampler of a level for a problem and a seed.</summary>
    public static ISampler Sampler(Level level, Problem problem, long seed) =>
        MeasuredPoints.Around(problem, drawn => Find(SamplerCatalog.All, entry => entry.Method, level).Create(level, drawn, seed));

    /// <summary>The optimizer of a level.</summary>
    public static IOptimizer Optimizer(Level level, OptimizerContext context) => OptimizerCatalog.Create(context, level);

    private static Problem Adapted(Level network, Level problem) => Find(NetworkCatalog.All, entry => entry.Method, network).Adapt(network, Problem(problem));

    /// <summary>The loss terms and parameters of the problem that a level names.</summary>
    private static IEnumerable<NameOfProblem> NamesOf(Factor factor, Level level, Level problem) => factor switch
    {
        Factor.Balancer when Find(BalancerCatalog.All, entry => entry.Method, level).TermsNamed(level).ToArray() is { Length: > 0 } named =>
            Problem(problem).Terms.Select(term => term.Name).ToImmutableArray() is var terms ? named.Select(name => new NameOfProblem(name.Parameter, "term", name.Term, terms)) : [],
        Factor.Time when level.Kind == Curriculum.Entry.Method.Kind => [Curriculum.NameOf(level, problem)],
        _ => [],
    };

    private static string? WhyNotApplicable(CellLevels levels)
    {
        if (Find(NetworkCatalog.All, entry => entry.Method, levels.Network).WhyNotApplicable(levels.Network, Problem(levels.Problem)) is { } unfit)
        {
            return unfit;
        }

        var problem = Problem(levels);
        var sampler = Find(SamplerCatalog.All, entry => entry.Method, levels.Sampler);
        var balancer = Find(BalancerCatalog.All, entry => entry.Method, levels.Balancer);
        OptimizerCatalog.Check(levels.Optimizer);
        var network = Network(levels.Network, problem, 0);
        return sampler.WhyNotApplicable(levels.Sampler, problem.WithoutData())
            ?? (Activations.IsForced(levels.Network) ? null : WhyNotSmoothEnough(problem, network))
            ?? (sampler.Resamples(levels.Sampler) ? balancer.WhyPointsMustStay(levels.Balancer) : null)
            ?? balancer.WhyNoTerm(levels.Balancer, problem.Terms.Select(term => term.Name), $"problem {levels.Problem.Kind}", KeptByConstruction(levels))
            ?? balancer.WhyNotApplicable(levels)
            ?? WhyNothingToBalance(levels.Balancer, balancer, problem)
            ?? TimeCatalog.Find(levels.Time.Kind).WhyNotApplicable(levels, problem)
            ?? OptimizerCatalog.WhyNotApplicable(levels, balancer, network.ParameterCount + problem.Coefficients);
    }

    /// <summary>The terms of a cell's problem that its network keeps by construction, so that they are no part of the loss.</summary>
    public static ImmutableArray<string> KeptByConstruction(CellLevels levels) =>
        [.. Problem(levels.Problem).Terms.Select(term => term.Name).Except(Problem(levels).Terms.Select(term => term.Name))];

    private static string? WhyNothingToBalance(Level level, BalancerEntry balancer, Problem problem)
    {
        var weighsPoints = (balancer.WeighedBy?.Invoke(level) ?? balancer.Granularity) == Granularity.Point;
        return problem.Terms.Length == 1 && !weighsPoints && level.Kind != StaticWeights.Entry.Method.Kind
            ? $"only the term '{problem.Terms[0].Name}' is in the loss; {level.Kind} weighs terms against each other"
            : null;
    }

    private static string? WhyNotSmoothEnough(Problem problem, NetworkGraph network)
    {
        var order = problem.Terms.Max(term => DerivativeOrder(term.Residual));
        return network.Nodes.OfType<Node.Activation>().FirstOrDefault(node => Activations.HighestOrder(node.Kind) < order) is { } rough
            ? $"activation {rough.Kind} is of class {Activations.Smoothness(rough.Kind)} and trains derivatives up to order {Activations.HighestOrder(rough.Kind)}; this problem takes order {order} ({NetworkParts.AllowUnsuitable.Name}: true trains it all the same)"
            : null;
    }

    private static int DerivativeOrder(Expr expression) => ExprGraph.Order(expression).OfType<Expr.Derivative>().Select(derivative => derivative.Orders.Sum()).DefaultIfEmpty().Max();

    private static T Find<T>(IEnumerable<T> entries, Func<T, MethodEntry> method, Level level)
    {
        var all = entries.ToList();
        return all.Find(entry => method(entry).Kind == level.Kind) is { } found
            ? found
            : throw new UserMistakeException(
                $"unknown {method(all[0]).Factor.ToString().ToLowerInvariant()} {NearestMatch.Quote(level.Kind)}{NearestMatch.Hint(level.Kind, all.Select(entry => method(entry).Kind))}");
    }
}
