using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Gradient-enhanced PINNs (Yu, Lu, Meng, Karniadakis 2022): a solution makes the residual zero everywhere, so its derivatives are zero too. For
/// each equation R = 0 and coordinate x the loss gets w · mean (∂R/∂x)² at the same points. With <c>conditions_weight</c> conditions on sides
/// of the box get the same along the side (arXiv:2605.30910 calls both together double backpropagation). All terms then go to another
/// balancer, by default to constant weights of 1.
/// </summary>
/// <remarks>
/// A new term is called after the one it derives, <c>residual-by-x</c>, and has √w in its residual: what is printed of it is what is added to
/// the loss. Conditions on holes, on sides of other shapes and inside the domain have no derivative along the side; measured values
/// have none at all. Errors are measured on the problem as it was.
/// </remarks>
internal static class GradientEnhanced
{
    private const int HighestOrder = 4;
    private const int MostParts = 20_000;

    private static readonly Parameter<double> Weight = MethodParameters.Positive(
        "weight", 0.01, "weight of the squared derivatives of equations (arXiv:2111.02801: 0.01 was best on Poisson's equation, 1 worse than none)");
    private static readonly Parameter<double> ConditionsWeight = MethodParameters.Number(
        "conditions_weight", 0, 0, double.MaxValue, "weight of the squared derivatives of conditions along their sides; 0 leaves them out");

    /// <summary>The entry, over the balancers that may weigh the terms.</summary>
    public static BalancerEntry EntryOver(ImmutableArray<BalancerEntry> members)
    {
        var balancer = new Parameter<Level>(
            "balancer",
            new ParameterType.MethodOf([.. members.Select(member => member.Method)], []),
            Level.Of(StaticWeights.Entry.Method.Kind).With("weights", SpecValue.Map.Empty).ToMap(),
            "what weighs all terms, the added ones among them",
            value => Level.FromMap((SpecValue.Map)value));
        BalancerEntry Inner(Level level) => members.Single(member => member.Method.Kind == balancer.Of(level).Kind);
        return new(
            new(
                Factor.Balancer,
                "gradient-enhanced",
                "adds the squared derivatives of residuals to the loss (gPINN), then weighs as another balancer does",
                "Yu, Lu, Meng, Karniadakis, Comput. Methods Appl. Mech. Eng. 393 (2022) 114823, arXiv:2111.02801",
                [Weight, ConditionsWeight, balancer]),
            Granularity.Term,
            ScaleBehaviour.Invariant,
            (context, level) => Inner(level).Make(context, balancer.Of(level)))
        {
            WeighedBy = level => Inner(level).GranularityOf(balancer.Of(level)),
            NamesTerms = level => Inner(level).TermsNamed(balancer.Of(level)),
            WhyPointsMustStay = level => Inner(level).WhyPointsMustStay(balancer.Of(level)),
            WhyNotApplicable = (levels, problem) => WhyNot(problem)
                ?? Inner(levels.Balancer).WhyNotApplicable(levels with { Balancer = balancer.Of(levels.Balancer) }, problem),
            Extend = (level, problem) => Extended(problem, Weight.Of(level), ConditionsWeight.Of(level)),
        };
    }

    private static Problem Extended(Problem problem, double weight, double conditionsWeight) => problem with
    {
        Terms =
        [
            .. problem.Terms.Where(IsEquation),
            .. problem.Terms.Where(IsEquation).SelectMany(term => Derivatives(problem, term, weight)),
            .. problem.Terms.Where(term => !IsEquation(term)).SelectMany(term =>
                (IEnumerable<LossTerm>)[term, .. conditionsWeight > 0 && term.MeasuredAt.IsEmpty ? Derivatives(problem, term, conditionsWeight) : []]),
        ],
    };

    private static IEnumerable<LossTerm> Derivatives(Problem problem, LossTerm term, double weight)
    {
        var root = Math.Sqrt(weight);
        for (var axis = 0; axis < problem.Dimension; axis++)
        {
            ImmutableArray<Face> faces = [.. term.Faces.Where(face => face.IsOfBox && face.Axis != axis)];
            if ((IsEquation(term) || (!faces.IsEmpty && term.PairsOn != axis)) && Derivative(term.Inside, axis) is { } inside)
            {
                yield return term with
                {
                    Name = $"{term.Name}-by-{problem.Axes[axis].Name}",
                    Faces = faces,
                    Residual = root * (ReferenceEquals(term.Inside, term.Residual) ? inside : Derivative(term.Residual, axis)!),
                    Inside = root * inside,
                    Scale = root * term.Scale / problem.Axes[axis].Extent,
                    IsAdded = true,
                };
            }
        }
    }

    /// <summary>Null where networks or formulas cannot be derived so far, and for what is no formula.</summary>
    private static Expr? Derivative(Expr residual, int axis)
    {
        if (ExprGraph.Order(residual).Any(part => part is Expr.KnownFunction || (part is Expr.Derivative leaf && leaf.Orders.Sum() >= HighestOrder)))
        {
            return null;
        }

        try
        {
            return new Differentiation(MostParts, hasOutputs: true).Of(residual, axis);
        }
        catch (ExpressionTooLargeException)
        {
            return null;
        }
    }

    private static string? WhyNot(Problem problem)
    {
        foreach (var term in problem.Terms.Where(term => IsEquation(term) && !term.IsAdded))
        {
            if (problem.Axes.FirstOrDefault(axis => problem.Terms.All(added => added.Name != $"{term.Name}-by-{axis.Name}")) is { } missing)
            {
                return ExprGraph.Order(term.Residual).Any(part => part is Expr.KnownFunction)
                    ? $"'{term.Name}' has a tabulated coefficient, which has no formula to derive by {missing.Name}"
                    : FormattableString.Invariant($"'{term.Name}' derived by {missing.Name} takes derivatives of a network beyond order {HighestOrder}, or has more than {MostParts:N0} parts");
            }
        }

        return null;
    }

    private static bool IsEquation(LossTerm term) => term.Role == TermRole.Residual;
}
