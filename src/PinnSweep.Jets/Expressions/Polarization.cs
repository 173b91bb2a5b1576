using System.Collections.Immutable;

namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Chooses directions whose plain derivatives give a set of partial derivatives. With m = |α| and D_v the derivative along v,
/// D_vᵐ u = Σ_{|β|=m} (m!/β!) vᵝ ∂ᵝu, so ∂ᵅu = Σ_v c_v D_vᵐ u where Σ_v c_v (m!/β!) vᵝ = [β = α] for every β.
/// </summary>
/// <remarks>
/// Derivatives in one coordinate take its axis. Mixed ones in two coordinates take the subset of {x, y, x±y, 2x±y, x±2y} that adds
/// the fewest channels to those already chosen (12 u_xxyy = D⁴_{x+y} + D⁴_{x−y} − 2D⁴_x − 2D⁴_y). Mixed ones in three or four
/// coordinates take h = α/2 − ν for all ν ≤ α: ∂ᵅ = (1/m!) Σ_ν (−1)^{|ν|} Π C(αᵢ, νᵢ) D_hᵐ.
/// </remarks>
internal sealed class Polarization
{
    private const int HighestOrder = 4;

    private static readonly (int X, int Y)[] Candidates = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (2, -1), (1, 2), (1, -2)];

    private readonly int _dimension;
    private readonly List<int[]> _directions = [];
    private readonly List<int> _orders = [];
    private readonly Dictionary<Expr.Derivative, (int Direction, double Factor)[]> _terms = [];

    /// <summary>Chooses the directions for the given derivatives; which output they are of does not matter.</summary>
    public Polarization(int dimension, IEnumerable<Expr.Derivative> derivatives)
    {
        _dimension = dimension;
        var needed = derivatives.Select(AnyOutput).Distinct().ToList();
        foreach (var derivative in needed.Where(derivative => derivative.Orders.Sum() > HighestOrder))
        {
            throw new ArgumentException($"Derivatives go up to total order {HighestOrder}, not {derivative.Orders.Sum()}.", nameof(derivatives));
        }

        var axes = needed.Where(derivative => Support(derivative).Length == 1).OrderBy(derivative => Support(derivative)[0]);
        var mixed = needed.Where(derivative => Support(derivative).Length > 1).OrderByDescending(derivative => derivative.Orders.Sum()).ThenBy(derivative => Support(derivative).Length);
        foreach (var derivative in axes.Concat(mixed))
        {
            _terms[derivative] = Choose(derivative);
        }

        Layout = new(dimension, [.. _directions.Select((direction, i) => new Direction([.. direction.Select(component => (double)component)], _orders[i]))]);
    }

    /// <summary>The chosen directions with their orders.</summary>
    public JetLayout Layout { get; }

    /// <summary>The channels and factors whose sum is the derivative; the value itself is channel 0.</summary>
    public IEnumerable<(int Channel, double Factor)> Terms(Expr.Derivative derivative)
    {
        var order = derivative.Orders.Sum();
        return order == 0 ? [(0, 1.0)] : _terms[AnyOutput(derivative)].Select(term => (Layout.Channel(term.Direction, order), term.Factor));
    }

    private static Expr.Derivative AnyOutput(Expr.Derivative derivative) => derivative with { Output = 0, IsAcross = false };

    private static int[] Support(Expr.Derivative derivative) => [.. Enumerable.Range(0, derivative.Orders.Length).Where(i => derivative.Orders[i] > 0)];

    private (int Direction, double Factor)[] Choose(Expr.Derivative derivative)
    {
        var support = Support(derivative);
        var order = derivative.Orders.Sum();
        var sum = support.Length switch
        {
            1 => [(Vector(support, [1]), 1.0)],
            2 => Cheapest(derivative.Orders[support[0]], order, support),
            _ => General(derivative.Orders, order),
        };
        return [.. sum.Select(term => (Need(term.Vector, order), term.Factor))];
    }

    private int[] Vector(int[] support, int[] components)
    {
        var vector = new int[_dimension];
        for (var i = 0; i < support.Length; i++)
        {
            vector[support[i]] = components[i];
        }

        return vector;
    }

    private int IndexOf(int[] vector) => _directions.FindIndex(direction => direction.AsSpan().SequenceEqual(vector));

    private int Need(int[] vector, int order)
    {
        var index = IndexOf(vector);
        if (index < 0)
        {
            index = _directions.Count;
            _directions.Add(vector);
            _orders.Add(0);
        }

        _orders[index] = Math.Max(_orders[index], order);
        return index;
    }

    private int Cost(int[] vector, int order)
    {
        var index = IndexOf(vector);
        return index < 0 ? order : Math.Max(0, order - _orders[index]);
    }

    private List<(int[] Vector, double Factor)> Cheapest(int first, int order, int[] support)
    {
        var vectors = Candidates.Select(candidate => Vector(support, [candidate.X, candidate.Y])).ToArray();
        var costs = vectors.Select(vector => Cost(vector, order)).ToArray();
        var best = (Cost: int.MaxValue, Size: double.PositiveInfinity, Sum: new List<(int[] Vector, double Factor)>());
        for (var subset = 1; subset < 1 << Candidates.Length; subset++)
        {
            var chosen = Enumerable.Range(0, Candidates.Length).Where(i => (subset >> i & 1) == 1).ToArray();
            var cost = chosen.Sum(i => costs[i]);
            if (chosen.Length > order + 1 || cost > best.Cost || Solve(chosen, first, order) is not { } factors)
            {
                continue;
            }

            var size = factors.Sum(Math.Abs);
            if (cost < best.Cost || size < best.Size - 1e-9)
            {
                best = (cost, size, [.. chosen.Select((i, k) => (vectors[i], factors[k])).Where(term => Math.Abs(term.Item2) > 1e-12)]);
            }
        }

        return best.Sum;
    }

    // Factors c with Σ_k c_k C(m, j) X_kʲ Y_kᵐ⁻ʲ = [j = first] for j = 0 … m, or null where the subset does not reach the derivative.
    private static double[]? Solve(int[] chosen, int first, int order)
    {
        var columns = chosen.Length;
        var rows = new double[order + 1][];
        for (var j = 0; j <= order; j++)
        {
            rows[j] = [.. chosen.Select(i => Binomial(order, j) * Math.Pow(Candidates[i].X, j) * Math.Pow(Candidates[i].Y, order - j)), j == first ? 1 : 0];
        }

        for (var k = 0; k < columns; k++)
        {
            var pivot = Enumerable.Range(k, order + 1 - k).MaxBy(j => Math.Abs(rows[j][k]));
            if (Math.Abs(rows[pivot][k]) < 1e-9)
            {
                return null;
            }

            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            for (var j = 0; j <= order; j++)
            {
                var factor = rows[j][k] / rows[k][k];
                for (var c = k; j != k && c <= columns; c++)
                {
                    rows[j][c] -= factor * rows[k][c];
                }
            }
        }

        return rows.Skip(columns).Any(row => Math.Abs(row[columns]) > 1e-9) ? null : [.. Enumerable.Range(0, columns).Select(k => rows[k][columns] / rows[k][k])];
    }

    private List<(int[] Vector, double Factor)> General(ImmutableArray<int> orders, int order)
    {
        var sum = new List<(int[] Vector, double Factor)>();
        var nu = new int[_dimension];
        do
        {
            // 2h, so that components are whole; opposite directions are one, with the sign (−1)ᵐ.
            var vector = orders.Select((a, i) => a - (2 * nu[i])).ToArray();
            var leading = Array.Find(vector, component => component != 0);
            if (leading == 0)
            {
                continue;
            }

            var divisor = vector.Where(component => component != 0).Select(Math.Abs).Aggregate(GreatestDivisor) * Math.Sign(leading);
            var factor = Math.Pow(divisor / 2.0, order) / Factorial(order);
            for (var i = 0; i < _dimension; i++)
            {
                factor *= Binomial(orders[i], nu[i]) * (nu[i] % 2 == 0 ? 1 : -1);
                vector[i] /= divisor;
            }

            var index = sum.FindIndex(term => term.Vector.AsSpan().SequenceEqual(vector));
            if (index < 0)
            {
                sum.Add((vector, factor));
            }
            else
            {
                sum[index] = (vector, sum[index].Factor + factor);
            }
        }
        while (Next(nu, orders));
        return sum;
    }

    private static bool Next(int[] nu, ImmutableArray<int> limits)
    {
        for (var i = 0; i < nu.Length; i++)
        {
            if (nu[i] < limits[i])
            {
                nu[i]++;
                return true;
            }

            nu[i] = 0;
        }

        return false;
    }

    private static int GreatestDivisor(int a, int b) => b == 0 ? a : GreatestDivisor(b, a % b);

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static double Binomial(int n, int k) => Factorial(n) / (Factorial(k) * Factorial(n - k));
}
