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
        var rows = Factors(point, out var rest);
        if (rest.Length == 1)
        {
            highest[0] = -rest[0] / rows[0][0];
            return;
        }

        DenseSystem.Solve(rows, [.. rest.Select(value => -value)]).CopyTo(highest);
    }

    /// <summary>The inverse of the matrix of factors that the highest derivatives have in the equations, where these are the same everywhere; else null.</summary>
    public double[,]? InverseOfFactors(Problem problem)
    {
        const int StatesTried = 5;
        var n = Orders.Length;
        double[][]? factors = null;
        for (var state = 0; state < StatesTried; state++)
        {
            double[] point = [.. problem.Axes.Select(axis => axis.Lower + (axis.Extent * (0.17 + (0.15 * state))))];
            for (var i = 0; i < _known; i++)
            {
                _values[i] = Math.Sin(1 + (3 * i) + (5 * state));
            }

            var found = Factors(point, out _);
            factors ??= found;
            if (!Enumerable.Range(0, n * n).All(i => Math.Abs(found[i / n][i % n] - factors[i / n][i % n]) <= 1e-12 * Math.Max(1, Math.Abs(factors[i / n][i % n]))))
            {
                return null;
            }
        }

        var inverse = new double[n, n];
        for (var column = 0; column < n; column++)
        {
            var unit = new double[n];
            unit[column] = 1;
            var solved = DenseSystem.Solve([.. factors!.Select(row => row.ToArray())], unit);
            for (var row = 0; row < n; row++)
            {
                inverse[row, column] = solved[row];
            }
        }

        return inverse.Cast<double>().All(double.IsFinite) ? inverse : null;
    }

    /// <summary>The factors of the highest derivatives where the others have the values that stand, and what the equations leave without them.</summary>
    private double[][] Factors(ReadOnlySpan<double> point, out double[] rest)
    {
        Array.Clear(_values, _known, Orders.Length);
        rest = Residuals(point);
        var rows = rest.Select(_ => new double[_equations.Length]).ToArray();
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

        return rows;
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
