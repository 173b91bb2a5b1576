using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Catalogs;

/// <summary>Every method that a study may name, and how a level becomes the thing itself.</summary>
public static class PinnCatalog
{
    /// <summary>
    /// The catalog for planning. What a level names and a problem does not have, for instance the weight of a term, is no combination that
    /// can work; where no problem of a study has it, it is a slip (<see cref="Catalog.NamesOf"/>). Its
    /// <see cref="Catalog.WhyNotApplicable"/> throws <see cref="UserMistakeException"/> where the parameters of a level contradict each
    /// other.
    /// </summary>
    public static Catalog Instance { get; } = new(
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
        NoticesOf = levels =>
        [
            .. Activations.IsForced(levels.Network) && Problem(levels) is var problem && WhyNotSmoothEnough(problem, Network(levels.Network, problem, 0)) is { } reason
                ? [$"{levels.Network.Kind} on {levels.Problem.Kind} is trained though {reason.Split(" (")[0]}"]
                : Array.Empty<string>(),
            .. ProblemFile.Notices(levels.Problem, Problem),
        ],
        NamesOf = NamesOf,
        WhyNoRungs = WhyNoRungs,
        WhyBegunAnew = (factor, level) => factor == Factor.Time ? TimeCatalog.Find(level.Kind).WhyBegunAnew : null,
        WhyNoMetric = (problem, metric) => metric == CurvePoint.ResidualL2 || Problem(problem).HasSolution
            ? null
            : $"{metric} needs a solution to compare with, and '{problem.Kind}' has none; take 'metric: {CurvePoint.ResidualL2}', or give its file 'exact'",
    };

    /// <summary>The problem of a level.</summary>
    public static Problem Problem(Level level) => CatalogProblems.Instance.Of(level);

    /// <summary>The problem of a cell: that of its level, without the terms that the cell's network keeps by construction.</summary>
    public static Problem Problem(CellLevels levels) => CatalogProblems.Instance.Of(levels);

    /// <summary>The network of a level for a problem and a seed.</summary>
    /// <exception cref="UserMistakeException">It is larger than can be trained.</exception>
    public static NetworkGraph Network(Level level, Problem problem, long seed) => NetworkOf(level).Make(level, problem, seed);

    /// <summary>The sampler of a level for a problem and a seed.</summary>
    public static ISampler Sampler(Level level, Problem problem, long seed) => SamplerOf(level).Make(level, problem, seed);

    /// <summary>The optimizer of a level.</summary>
    public static IOptimizer Optimizer(Level level, OptimizerContext context) => OptimizerCatalog.Create(context, level);

    /// <summary>Everything that the levels of a trial name.</summary>
    public static TrialMethods Methods(CellLevels levels) => new(
        Problem(levels.Problem),
        Problem(levels),
        CatalogProblems.Instance,
        NetworkOf(levels.Network),
        BalancerCatalog.Find(levels.Balancer.Kind),
        SamplerOf(levels.Sampler),
        OptimizerCatalog.Find(levels.Optimizer.Kind),
        TimeCatalog.Find(levels.Time.Kind))
    {
        Notices = Instance.Notices([levels]),
    };

    /// <summary>The loss terms and parameters of the problem that a level names.</summary>
    private static IEnumerable<NameOfProblem> NamesOf(Factor factor, Level level, Level problem) => factor switch
    {
        Factor.Balancer when BalancerOf(level).TermsNamed(level).ToArray() is { Length: > 0 } named =>
            Problem(problem).Terms.Select(term => term.Name).ToImmutableArray() is var terms ? named.Select(name => new NameOfProblem(name.Parameter, "term", name.Term, terms)) : [],
        Factor.Time when level.Kind == Curriculum.Entry.Method.Kind => [Curriculum.NameOf(level, problem, CatalogProblems.Instance)],
        _ => [],
    };

    /// <summary>The levels whose trials catch up late, or train something else at first: their rank early on tells little of the last one.</summary>
    private static string? WhyNoRungs(Factor factor, Level level) => factor switch
    {
        Factor.Time => TimeCatalog.Find(level.Kind).WhyNoRungs,
        Factor.Optimizer when OptimizerCatalog.Find(level.Kind).Needs(level).StepsBeforeLastPhase is > 0 and var before =>
            FormattableString.Invariant($"begins its last phase after {before:N0} steps and improves late, in that phase"),
        _ => null,
    };

    private static string? WhyNotApplicable(CellLevels levels)
    {
        if (NetworkOf(levels.Network).WhyNotApplicable(levels.Network, Problem(levels.Problem)) is { } unfit)
        {
            return unfit;
        }

        var problem = Problem(levels);
        var sampler = SamplerOf(levels.Sampler);
        var balancer = BalancerOf(levels.Balancer);
        OptimizerCatalog.Check(levels.Optimizer);
        var network = Network(levels.Network, problem, 0);
        return sampler.WhyNotApplicable(levels.Sampler, problem.WithoutData())
            ?? (Activations.IsForced(levels.Network) ? null : WhyNotSmoothEnough(problem, network))
            ?? (sampler.Resamples(levels.Sampler) ? balancer.WhyPointsMustStay(levels.Balancer) : null)
            ?? balancer.WhyNoTerm(levels.Balancer, problem.Terms.Select(term => term.Name), $"problem {levels.Problem.Kind}", KeptByConstruction(levels))
            ?? balancer.WhyNotApplicable(levels, problem)
            ?? WhyNothingToBalance(levels.Balancer, balancer, problem)
            ?? (sampler.WeighsByResiduals ? WhyNoOtherLoss(levels, balancer) : null)
            ?? CoordinateResolution.WhyNot(problem, levels.Precision)
            ?? TimeCatalog.Find(levels.Time.Kind).WhyNotApplicable(levels, problem, CatalogProblems.Instance)
            ?? OptimizerCatalog.Find(levels.Optimizer.Kind).WhyNotApplicable(
                levels,
                balancer.GranularityOf(levels.Balancer) == Granularity.Gradient,
                sampler.RedrawsEveryStep(levels.Sampler),
                network.ParameterCount + problem.Coefficients);
    }

    /// <summary>The terms of a cell's problem that its network keeps by construction, so that they are no part of the loss.</summary>
    public static ImmutableArray<string> KeptByConstruction(CellLevels levels) =>
        [.. Problem(levels.Problem).Terms.Select(term => term.Name).Except(Problem(levels).Terms.Select(term => term.Name))];

    private static string? WhyNoOtherLoss(CellLevels levels, BalancerEntry balancer)
    {
        var (sampler, optimizer) = (levels.Sampler.Kind, levels.Optimizer);
        return OptimizerCatalog.Find(optimizer.Kind).Needs(optimizer).GradientOfOneLoss
                ? $"{optimizer.Kind} evaluates the loss at more than one θ, and the weights that make it that of {sampler} hold at one alone"
            : WeighsPoints(levels.Balancer, balancer)
                ? $"{levels.Balancer.Kind} weighs single points, and {sampler} has integrals over many in the loss"
            : levels.Time.Kind == CausalWeights.Entry.Method.Kind
                ? $"{levels.Time.Kind} weighs single points, and {sampler} has integrals over many in the loss"
            : null;
    }

    private static bool WeighsPoints(Level level, BalancerEntry balancer) => balancer.GranularityOf(level) == Granularity.Point;

    private static string? WhyNothingToBalance(Level level, BalancerEntry balancer, Problem problem)
    {
        return problem.Terms.Length == 1 && !WeighsPoints(level, balancer) && level.Kind != StaticWeights.Entry.Method.Kind
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

    private static NetworkEntry NetworkOf(Level level) => LevelEntries.Find(NetworkCatalog.All, entry => entry.Method, level);

    private static BalancerEntry BalancerOf(Level level) => LevelEntries.Find(BalancerCatalog.All, entry => entry.Method, level);

    private static SamplerEntry SamplerOf(Level level) => LevelEntries.Find(SamplerCatalog.All, entry => entry.Method, level);
}
