using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// The equations of a problem, solved for the highest derivative of each output by one coordinate. They have to be linear in these; all
/// else may be as it likes. Numbers alone are put in, so nothing has to be rearranged. Not thread-safe.
/// </summary>
internal sealed class ExplicitForm
{
    private readonly PointFormula[] _equations;
    private readonly Dictionary<Expr, int> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly double[] _values;
    private readonly int _known;
    private readonly Func<Expr, double> _leaf;

    private ExplicitForm(ImmutableArray<LossTerm> equations, ImmutableArray<int> orders, ImmutableArray<Expr.Derivative> leaves, int coordinate)
    {
        (Orders, Leaves) = (orders, leaves);
        _equations = [.. equations.Select(term => new PointFormula(term.Residual))];
        _known = leaves.Length;
        _values = new double[_known + orders.Length];
        foreach (var leaf in ExprGraph.Order([.. equations.Select(term => term.Residual)]).OfType<Expr.Derivative>())
        {
            _slots[leaf] = leaf.Orders[coordinate] == orders[leaf.Output] && leaf.Orders.Sum() == leaf.Orders[coordinate] ? _known + leaf.Output : leaves.IndexOf(leaf);
        }

        _leaf = leaf => _values[_slots[leaf]];
    }

    /// <summary>The highest order by the coordinate, of each output.</summary>
    public ImmutableArray<int> Orders { get; }

    /// <summary>The other derivatives that the equations hold, each once.</summary>
    public ImmutableArray<Expr.Derivative> Leaves { get; }

    /// <summary>Parts of expressions that one <see cref="Solve"/> evaluates.</summary>
    public long Work => _equations.Sum(equation => (long)equation.Count) * (Orders.Length + 1);

    /// <summary>The form, or null where the equations have none.</summary>
    public static ExplicitForm? Of(Problem problem, int coordinate)
    {
        ImmutableArray<LossTerm> equations = [.. problem.Terms.Where(term => term.Role == TermRole.Residual)];
        var leaves = ExprGraph.Order([.. equations.Select(term => term.Residual)]).ToList();
        var derivatives = leaves.OfType<Expr.Derivative>().Distinct().ToList();
        ImmutableArray<int> orders =
        [
            .. problem.Outputs.Select((_, output) => derivatives.Where(leaf => leaf.Output == output).Select(leaf => leaf.Orders[coordinate]).DefaultIfEmpty(0).Max()),
        ];
        if (equations.Length != problem.Outputs.Length || equations.Any(term => term.Within is not null) || orders.Contains(0) || leaves.Exists(leaf => leaf is Expr.CoefficientOf or Expr.KnownFunction) ||
            derivatives.Exists(leaf => leaf.Orders[coordinate] == orders[leaf.Output] && leaf.Orders.Sum() > leaf.Orders[coordinate]))
        {
            return null;
        }

        var form = new ExplicitForm(equations, orders, [.. derivatives.Where(leaf => leaf.Orders[coordinate] < orders[leaf.Output])], coordinate);
        return form.IsLinear(problem) ? form : null;
    }

    /// <summary>The highest derivatives, one an output.</summary>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaves">The values of <see cref="Leaves"/>.</param>
    /// <param name="highest">Takes them; not a number where the equations do not determine them.</param>
    public void Solve(ReadOnlySpan<double> point, ReadOnlySpan<double> leaves, Span<double> highest)
    {
        leaves.CopyTo(_values);
        Array.Clear(_values, _known, highest.Length);
        var rest = Residuals(point);
        var rows = rest.Select(_ => new double[rest.Length]).ToArray();
        for (var column = 0; column < rest.Length; column++)
        {
            _values[_known + column] = 1;
            var with = Residuals(point);
            _values[_known + column] = 0;
            for (var row = 0; row < rest.Length; row++)
            {
                rows[row][column] = with[row] - rest[row];
            }
        }

        if (rest.Length == 1)
        {
            highest[0] = -rest[0] / rows[0][0];
            return;
        }

        DenseSystem.Solve(rows, [.. rest.Select(value => -value)]).CopyTo(highest);
    }

    private double[] Residuals(ReadOnlySpan<double> point)
    {
        var values = new double[_equations.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _equations[i].At(point, _leaf)!.Value;
        }

        return values;
    }

    private bool IsLinear(Problem problem)
    {
        // Any state will do; this one has no zeros and nothing equal.
        double[] middle = [.. problem.Axes.Select(axis => axis.Lower + (0.37 * axis.Extent))];
        for (var i = 0; i < _known; i++)
        {
            _values[i] = 0.6 + (0.13 * i);
        }

        Array.Clear(_values, _known, Orders.Length);
        var rest = Residuals(middle);
        for (var column = 0; column < Orders.Length; column++)
        {
            _values[_known + column] = 1;
            var once = Residuals(middle);
            _values[_known + column] = -3;
            var thrice = Residuals(middle);
            _values[_known + column] = 0;
            for (var row = 0; row < rest.Length; row++)
            {
                var (slope, far) = (once[row] - rest[row], thrice[row] - rest[row]);
                if (!(Math.Abs(far + (3 * slope)) <= 1e-9 * (Math.Abs(far) + Math.Abs(slope) + Math.Abs(rest[row]))))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
