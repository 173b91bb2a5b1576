using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Balancers.PerPoint;

/// <summary>
/// BRDR+ (Chen, Howard, Stinis, arXiv 2407.01613, section 4): <see cref="ResidualDecayRates"/> with the constant factor α = 100 on
/// boundary, initial and data terms.
/// </summary>
internal static class ResidualDecayRatesPlus
{
    private static readonly Parameter<double> ConditionFactor = MethodParameters.Positive(
        "condition_factor", 100, "α of every term that is not a residual (arXiv 2407.01613: 100)");

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "brdr-plus",
            "brdr with a constant factor on all conditions",
            "Chen, Howard, Stinis, J. Comput. Phys. 542 (2025) 114226, doi 10.1016/j.jcp.2025.114226, arXiv 2407.01613",
            [.. ResidualDecayRates.Parameters, ConditionFactor]),
        Granularity.Point,
        ScaleBehaviour.Dependent,
        (context, level) => new ResidualDecayRates(context, level, context.Terms.Select(term => term.Role == TermRole.Residual ? 1 : ConditionFactor.Of(level))))
    {
        WhyPointsMustStay = PointResampling.WhyPointsMustStay,
    };
}
