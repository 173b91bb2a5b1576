using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.HardConstraints;

/// <summary>
/// Hard constraints (Lagaris, Likas, Fotiadis 1998, doi:10.1109/72.712178): a network's outputs enter the problem as u = g + m N, so
/// conditions hold exactly and leave the loss. Residuals are rewritten symbolically, every derivative of u by Leibniz' rule, ∂ᵅu = ∂ᵅg +
/// Σ_β C(α, β) ∂ᵅ⁻ᵝm ∂ᵝN; engines see an ordinary residual of N, and the parts of g and m are columns that are evaluated when points
/// change.
/// </summary>
public static class HardConstraint
{
    /// <summary>
    /// Parts of an ansatz that may be derived; those of the catalog, fourth derivatives of a plate included, are below a tenth.
    /// </summary>
    public const int MostParts = 20_000;

    private const int PointsTried = 32;

    // Residuals that vanish identically leave rounding; the least that is a violation is orders above.
    private const double Vanishes = 1e-10;

    /// <summary>
    /// The problem in the ansatz: residuals of N, without the terms that hold whatever N is. The same problem where there is no ansatz.
    /// </summary>
    /// <exception cref="ExpressionTooLargeException">The derivatives of the ansatz have more than <see cref="MostParts"/>
    /// parts.</exception>
    public static Problem Apply(Problem problem)
    {
        if (problem.Ansatz.IsEmpty)
        {
            return problem;
        }

        return problem with { Terms = [.. Rewritten(problem, problem.Terms).Where(term => !Holds(problem, term))], IsInAnsatz = true };
    }

    /// <summary>Terms of u as terms of N.</summary>
    /// <param name="problem">Has the ansatz.</param>
    /// <param name="terms">Their residuals are those of the solution.</param>
    public static ImmutableArray<LossTerm> Rewritten(Problem problem, ImmutableArray<LossTerm> terms)
    {
        var rewriting = new Rewriting(problem.Ansatz, null);
        var paired = new Dictionary<Across, Rewriting>();
        return [.. terms.Select(term => term with { Residual = Of(term) })];

        Expr Of(LossTerm term)
        {
            if (problem.AcrossOf(term) is not { } across)
            {
                return rewriting.Of(term.Residual);
            }

            if (!paired.TryGetValue(across, out var known))
            {
                paired[across] = known = new(problem.Ansatz, across);
            }

            return known.Of(term.Residual);
        }
    }

    /// <summary>
    /// Whether a rewritten condition is zero at every point of its sides for any network: tried with random jets at random points.
    /// </summary>
    private static bool Holds(Problem problem, LossTerm term)
    {
        if (term.Faces.IsEmpty)
        {
            return false;
        }

        var stream = new RandomStream(1, "hard-constraint");
        var formula = new PointFormula(term.Residual);
        var point = new double[problem.Dimension];
        foreach (var region in Region.Of(problem, term))
        {
            var unit = new double[region.FreeDimensions];
            for (var i = 0; i < PointsTried; i++)
            {
                stream.FillUniform(unit);
                region.Place(unit, point);
                var jets = new Dictionary<Expr.Derivative, double>();
                var residual = formula.At(point, leaf => Jet(leaf, jets, stream));
                if (!(Math.Abs(residual!.Value) <= Vanishes * Math.Max(1, term.Scale)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static double Jet(Expr leaf, Dictionary<Expr.Derivative, double> jets, RandomStream stream)
    {
        if (leaf is not Expr.Derivative derivative)
        {
            return (2 * stream.NextDouble()) - 1;
        }

        if (!jets.TryGetValue(derivative, out var value))
        {
            jets[derivative] = value = (2 * stream.NextDouble()) - 1;
        }

        return value;
    }

    private sealed class Rewriting(ImmutableArray<Ansatz> ansatz, Across? across)
    {
        private readonly Dictionary<Expr.Derivative, Expr> _derivatives = [];
        private readonly Dictionary<Expr, Expr> _rewritten = new(ReferenceEqualityComparer.Instance);
        private readonly Differentiation _differentiation = new(MostParts);

        public Expr Of(Expr expression) => ExprGraph.Replace(
            expression,
            leaf => leaf is not Expr.Derivative derivative ? leaf : _derivatives.TryGetValue(derivative, out var known) ? known : _derivatives[derivative] = Inserted(derivative),
            _rewritten);

        /// <summary>At the second point of a pair the functions of the ansatz have their values there, and so has N.</summary>
        private Expr Inserted(Expr.Derivative derivative) => !derivative.IsAcross ? Leibniz(derivative) : ExprGraph.Replace(
            ClosedForm.Moved(Leibniz(derivative with { IsAcross = false }), across!),
            leaf => leaf is Expr.Derivative inner ? inner with { IsAcross = true } : leaf);

        private Expr Leibniz(Expr.Derivative derivative)
        {
            var (alpha, form) = (derivative.Orders, ansatz[derivative.Output]);
            var sum = _differentiation.Of(form.Lift, alpha);
            foreach (var beta in Below(alpha, 0))
            {
                var factor = CoordinateCalculus.Product(Choose(alpha, beta), _differentiation.Of(form.Multiplier, [.. alpha.Zip(beta, (a, b) => a - b)]));
                sum = CoordinateCalculus.Sum(sum, CoordinateCalculus.Product(factor, derivative with { Orders = beta }));
            }

            return sum;
        }

        /// <summary>Every β ≤ α, coordinate by coordinate.</summary>
        private static IEnumerable<ImmutableArray<int>> Below(ImmutableArray<int> alpha, int from) => from == alpha.Length
            ? Enumerable.Repeat(ImmutableArray<int>.Empty, 1)
            : Below(alpha, from + 1).SelectMany(rest => Enumerable.Range(0, alpha[from] + 1).Select(order => rest.Insert(0, order)));

        private static double Choose(ImmutableArray<int> alpha, ImmutableArray<int> beta) => alpha.Zip(beta, Binomial).Aggregate(1.0, (product, factor) => product * factor);

        private static double Binomial(int n, int k) => Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (n - i) / (i + 1));
    }
}
