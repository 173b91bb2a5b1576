using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Looks for points of a term's place, edges and middle included, where a part of its expression has no finite value.</summary>
internal sealed class ValueChecks(Problem problem, int expressions, MistakeList mistakes, PlanningWatch watch)
{
    private const int MostPoints = 20_000;

    // Only expressions of hundreds of parts, or hundreds of expressions, are looked at at fewer points for it.
    private const int MostValuesOfOne = 5_000_000;
    private const int MostValuesOfAll = 100_000_000;
    private readonly double _mostValues = Math.Min(MostValuesOfOne, MostValuesOfAll / (double)Math.Max(1, expressions));

    /// <summary>Tells the first part, in the order in which they are written, that has no value somewhere.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="region">Where it is taken.</param>
    /// <param name="key">What messages call it.</param>
    /// <param name="isInside">No point of it lies on an edge of the region, so 2/r may stand in a ball's equation.</param>
    public void Of(FileScope.Parsed expression, Region region, string key, bool isInside)
    {
        if (expression.Partial.IsEmpty)
        {
            return;
        }

        watch.Begin($"looking at the values of {key}");
        var formula = new PointFormula([.. expression.Partial.Select(partial => partial.Part.Part)]);
        var parts = expression.Partial.Select(partial => new Watched(partial.Part.Part, formula)).ToList();
        var values = new double[formula.Count];
        foreach (var (point, isOnEdge) in Points(region, formula.Count))
        {
            watch.Check();
            formula.Evaluate(point, leaf: null, values);
            parts.ForEach(part => part.Meet(point, values, isInside && isOnEdge));
        }

        var found = parts.FindIndex(part => part.IsTold || part.Zero(formula, values) is not null);
        if (found < 0)
        {
            return;
        }

        var (partial, place) = expression.Partial[found];
        mistakes.Add(place, key, parts[found] is { IsTold: true, Undefined: { } undefined }
            ? $"{What(partial, parts[found].DividesByZero)} at {Words(undefined)}{(parts[found].DividesByZero ? $"; the divisor is {NearestMatch.Quote(partial.Text)}" : "")}"
            : $"divides by zero near {Words(parts[found].Zero(formula, values)!)}, where the divisor {NearestMatch.Quote(partial.Text)} changes its sign");
    }

    private static string What(PartialPart partial, bool dividesByZero) => partial.Part switch
    {
        Expr.Binary { Operation: BinaryOperation.Divide } => dividesByZero ? "divides by zero" : "the quotient has no finite value",
        Expr.Unary { Function: UnaryFunction.Log } => "the logarithm has no finite value",
        Expr.Unary { Function: UnaryFunction.Sqrt } => "the square root has no real value",
        Expr.Unary { Function: UnaryFunction.Power } => "the power has no finite value",
        _ => $"{NearestMatch.Quote(partial.Text)} has no finite value",
    };

    private string Words(double[] point) => string.Join(", ", problem.Axes.Select((axis, i) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {ShortNumber.Rounded(point[i], 6)}")));

    private IEnumerable<(double[] Point, bool IsOnEdge)> Points(Region region, int parts)
    {
        // An odd number, so that the middle is among them.
        var n = 21;
        while (n > 3 && (Math.Pow(n, region.FreeDimensions) > MostPoints || Math.Pow(n, region.FreeDimensions) * parts > _mostValues))
        {
            n -= 2;
        }

        var count = (int)Math.Pow(n, region.FreeDimensions);
        var unit = new double[region.FreeDimensions];
        for (var i = 0; i < count; i++)
        {
            var rest = i;
            for (var d = 0; d < unit.Length; d++)
            {
                unit[d] = rest % n / (double)(n - 1);
                rest /= n;
            }

            var point = new double[problem.Dimension];
            region.Place(unit, point);
            yield return (point, unit.Any(u => u is 0 or 1));
        }
    }

    /// <summary>A part, and what was seen of it so far.</summary>
    private sealed class Watched
    {
        private readonly int _part;
        private readonly int _divisor;
        private readonly bool _isKnown;
        private readonly bool _isDivisorKnown;
        private (double[] Point, double Value)? _last;
        private (double[] Before, double[] After)? _crossing;

        public Watched(Expr part, PointFormula formula)
        {
            _part = formula.IndexOf(part);
            _isKnown = formula.IsKnown(_part);
            // Only a quotient divides; a product, such as sinh is written with, has zeros like anything else.
            _divisor = part is Expr.Binary { Operation: BinaryOperation.Divide } quotient ? formula.IndexOf(quotient.Right) : -1;
            _isDivisorKnown = _divisor >= 0 && formula.IsKnown(_divisor);
        }

        /// <summary>The first point without a value.</summary>
        public double[]? Undefined { get; private set; }

        public bool DividesByZero { get; private set; }

        /// <summary>Whether it has no value where it is asked for.</summary>
        public bool IsTold { get; private set; }

        /// <param name="point">A point.</param>
        /// <param name="values">The values of all parts there.</param>
        /// <param name="isExcused">Nobody asks there.</param>
        public void Meet(double[] point, double[] values, bool isExcused)
        {
            if (IsTold)
            {
                return;
            }

            var dividesByZero = _isDivisorKnown && values[_divisor] == 0;
            if (dividesByZero || (_isKnown && !double.IsFinite(values[_part])))
            {
                (Undefined, DividesByZero) = Undefined is null ? (point, dividesByZero) : (Undefined, DividesByZero);
                IsTold = !isExcused;
            }
            else if (_isDivisorKnown && _crossing is null)
            {
                if (_last is { } last && values[_divisor] * last.Value < 0)
                {
                    _crossing = (last.Point, point);
                }

                _last = (point, values[_divisor]);
            }
        }

        /// <summary>
        /// A point where the divisor is zero, between two where its signs differ; null where there are none, or where it leaps or has a
        /// pole instead.
        /// </summary>
        public double[]? Zero(PointFormula formula, double[] values)
        {
            if (_crossing is not var (before, after))
            {
                return null;
            }

            var (low, high) = (Value(before), Value(after));
            var size = Math.Max(Math.Abs(low), Math.Abs(high));
            double[] middle = before;
            for (var i = 0; i < 60; i++)
            {
                middle = [.. before.Zip(after, (a, b) => a + ((b - a) / 2))];
                var value = Value(middle);
                if (value == 0)
                {
                    return middle;
                }

                (before, after) = Math.Sign(value) == Math.Sign(low) ? (middle, after) : (before, middle);
            }

            return Math.Abs(Value(middle)) < 1e-3 * size ? middle : null;

            double Value(double[] point)
            {
                formula.Evaluate(point, leaf: null, values);
                return values[_divisor];
            }
        }
    }
}
