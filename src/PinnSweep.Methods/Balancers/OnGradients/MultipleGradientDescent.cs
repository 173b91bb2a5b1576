using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// MGDA, multiple-gradient descent (Désidéri 2012; Sener and Koltun, arXiv 1810.04650, eq. 3): the convex combination of the gradients with
/// the least norm, min ‖Σ w_k g_k‖², w ≥ 0, Σ w_k = 1. For two terms w_1 = clip(⟨g_2 − g_1, g_2⟩ / ‖g_1 − g_2‖², 0, 1).
/// </summary>
/// <remarks>
/// <c>normalization</c> divides the gradients by ‖g_k‖ (l2), L_k (loss) or ‖g_k‖ L_k (loss+) while w is sought; the direction takes the
/// gradients themselves, as Sener's code. The minimum is exact (exchange steps on the Gram matrix) where codes use up to 250 Frank–Wolfe
/// steps. Zero gradients take no part; otherwise they would be the minimum.
/// </remarks>
internal sealed class MultipleGradientDescent : IBalancer
{
    private static readonly Parameter<string> Normalization = MethodParameters.Word(
        "normalization", "of gradients while weights are sought: none, l2, loss or loss+", "none", "l2", "loss", "loss+");

    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly SimplexMinimum _simplex;
    [Scratch] private readonly double[] _scaled;
    [Scratch] private readonly double[] _factors;
    [Scratch] private readonly double[] _solution;
    [Scratch] private readonly double[] _coefficients;
    [Scratch] private readonly int[] _members;
    private readonly string _normalization;

    private MultipleGradientDescent(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1.0 / terms, context.Events);
        _gram = new(terms, context.Events);
        _simplex = new(terms);
        _scaled = new double[terms * terms];
        _factors = new double[terms];
        _solution = new double[terms];
        _coefficients = new double[terms];
        _members = new int[terms];
        _normalization = Normalization.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "mgda",
            "the convex combination of the gradients with the least norm",
            "Sener, Koltun, NeurIPS 2018, arXiv 1810.04650; Désidéri, C. R. Acad. Sci. Paris 350 (2012) 313, doi 10.1016/j.crma.2012.03.014",
            [Normalization]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new MultipleGradientDescent(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_gram.Take(observation.Gradients))
        {
            return 1;
        }

        var n = 0;
        for (var k = 0; k < _factors.Length; k++)
        {
            var loss = observation.Losses[k];
            var size = _normalization switch { "l2" => _gram.Norm(k), "loss" => loss, "loss+" => loss * _gram.Norm(k), _ => 1 };
            _factors[k] = 1 / size;
            if (_gram.IsNonzero(k) && double.IsFinite(_factors[k] * _gram.Norm(k)) && _factors[k] > 0)
            {
                _members[n++] = k;
            }
        }

        if (n == 0)
        {
            return 1;
        }

        ScaleGram(n);
        _simplex.Solve(_scaled, [], 0, _solution.AsSpan(0, n));
        Array.Clear(_coefficients);
        for (var i = 0; i < n; i++)
        {
            _coefficients[_members[i]] = _solution[i];
        }

        _weights.Set(_coefficients);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    /// <summary>The Gram matrix of the members' normalized gradients, its largest entry 1.</summary>
    private void ScaleGram(int n)
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            largest = Math.Max(largest, _factors[_members[i]] * _gram.Norm(_members[i]));
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (a, b) = (_members[i], _members[j]);
                _scaled[(i * n) + j] = _gram.Cosine(a, b) * (_factors[a] * _gram.Norm(a) / largest) * (_factors[b] * _gram.Norm(b) / largest);
            }
        }
    }
}
