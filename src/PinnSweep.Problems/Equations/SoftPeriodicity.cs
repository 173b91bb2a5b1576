using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// A period as part of the loss instead of the network: the coordinates enter as they are, and terms compare each output on the two sides,
/// with its derivatives up to an order if wanted. That is how Krishnapriyan et al. 2021 (the value alone) and many after them train; with
/// the period built in, the same tables come out far better. A pair of points is one point of its term.
/// </summary>
internal static class SoftPeriodicity
{
    private const int HighestOrder = 3;

    private static readonly Parameter<Form> Periodicity = MethodParameters.Choice(
        "periodicity",
        "embedded: networks build the period in; soft: terms of the loss compare the two sides, and networks see the coordinates as they "
            + "are (Krishnapriyan et al. 2021)",
        Form.Embedded,
        Form.Soft) with { Absent = ChoiceWords.ToValue(Form.Embedded) };

    /// <summary>The variant that <c>verify</c> checks.</summary>
    public static (string Parameter, SpecValue Value) Variant { get; } = (Periodicity.Name, ChoiceWords.ToValue(Form.Soft));

    /// <summary>The parameters of a problem that is periodic in space.</summary>
    /// <param name="order">The highest derivative that a soft period has by default: one less than the equation's.</param>
    public static ImmutableArray<Parameter> Parameters(int order) => [Periodicity, Order(order)];

    /// <summary>The problem as a level wants its period.</summary>
    /// <param name="problem">With periodic coordinates.</param>
    /// <param name="level">Has <see cref="Parameters"/>.</param>
    /// <param name="order">The same as there.</param>
    /// <exception cref="UserMistakeException">The problem has no period in the form that the level takes.</exception>
    public static Problem Apply(Problem problem, Level level, int order)
    {
        if (Periodicity.Of(level) == Form.Embedded)
        {
            return problem;
        }

        var axes = Enumerable.Range(0, problem.Dimension).Where(axis => problem.Axes[axis].Periodic).ToArray();
        if (axes.Length == 0)
        {
            throw new UserMistakeException(
                $"problem '{level.Kind}': {Periodicity.Name}: {ChoiceWords.Of(Form.Soft)} needs a coordinate in which the solution repeats, "
                + "and this form of the problem has none");
        }

        var highest = Order(order).Of(level);
        var first = problem.Terms.Count(term => term.Role == TermRole.Residual);
        return problem with
        {
            Axes = [.. problem.Axes.Select(axis => axis.Periodic ? axis with { Periodic = false, Repeats = true } : axis)],
            Terms = problem.Terms.InsertRange(first, axes.SelectMany(axis => Terms(problem, axis, axes.Length > 1, highest))),
        };
    }

    private static Parameter<int> Order(int standard) => MethodParameters.Count(
        "periodic_order",
        standard,
        "highest derivative across the sides that a soft period compares, the value and those between included; 0 is the value alone",
        minimum: 0,
        maximum: HighestOrder) with { Absent = new SpecValue.Number(standard) };

    private static IEnumerable<LossTerm> Terms(Problem problem, int axis, bool isOneOfSeveral, int highest)
    {
        for (var order = 0; order <= highest; order++)
        {
            for (var output = 0; output < problem.Outputs.Length; output++)
            {
                var lower = new Expr.Derivative(output, [.. Enumerable.Range(0, problem.Dimension).Select(i => i == axis ? order : 0)]);
                var name = "periodic"
                    + (isOneOfSeveral ? $"-{problem.Axes[axis].Name}" : "")
                    + (problem.Outputs.Length > 1 ? $"-{problem.Outputs[output]}" : "")
                    + (order > 0 ? string.Create(CultureInfo.InvariantCulture, $"-{order}") : "");

                // A derivative is of the size of its function times the lowest wave number for each order.
                yield return LossTerm.Paired(name, axis, lower - (Expr)(lower with { IsAcross = true }), Math.Pow(2 * Math.PI / problem.Axes[axis].Extent, order));
            }
        }
    }

    private enum Form
    {
        Embedded,
        Soft,
    }
}
