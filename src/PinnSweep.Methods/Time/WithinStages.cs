using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Time;

/// <summary>
/// What methods in stages share: the parameter <c>within</c>, another level of the factor time that holds inside each stage.
/// </summary>
internal static class WithinStages
{
    private static readonly ImmutableArray<TimeEntry> Members = [AllAtOnce.Entry, CausalWeights.Entry];

    /// <summary>The parameter.</summary>
    public static Parameter<Level> Parameter { get; } = new(
        "within",
        new ParameterType.MethodOf([.. Members.Select(member => member.Method)], []),
        Level.Of(AllAtOnce.Entry.Method.Kind).ToMap(),
        "what is done about time inside each stage (jaxpi, arXiv:2308.08468: causal weights in every window)",
        value => Level.FromMap((SpecValue.Map)value));

    /// <summary>The entry of a method in stages.</summary>
    /// <param name="method">Name, source and parameters, <see cref="Parameter"/> among them.</param>
    /// <param name="whyNot">Why the stages cannot serve a cell.</param>
    /// <param name="stages">Makes them.</param>
    public static TimeEntry Entry(MethodEntry method, Func<CellLevels, Problem, IProblemSource, string?> whyNot, Func<CellLevels, Problem, IProblemSource, ImmutableArray<Stage>> stages) =>
        new(method)
    {
        WhyNotApplicable = (levels, problem, problems) =>
            whyNot(levels, problem, problems) ?? Member(levels.Time).WhyNotApplicable(levels with { Time = Parameter.Of(levels.Time) }, problem, problems),
        Balancer = (problem, context, level, balancer) => Member(level).Balancer(problem, context, Parameter.Of(level), balancer),
        Stages = stages,
        WhyNoRungs = "trains one problem after another, which the budget of a rung would divide anew",
        WhyBegunAnew = "divides the budget among its stages, so that with more steps the first of them is another one",
    };

    private static TimeEntry Member(Level level) => Members.Single(member => member.Method.Kind == Parameter.Of(level).Kind);
}
