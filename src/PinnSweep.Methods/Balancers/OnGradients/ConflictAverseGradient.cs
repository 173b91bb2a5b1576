using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// CAGrad, conflict-averse gradient descent (Liu, Liu, Jin, Stone, Liu, arXiv 2110.14048, eq. 3 and algorithm 1): max_d min_k ⟨g_k, d⟩
/// within ‖d − g_0‖ ≤ c ‖g_0‖ of the mean gradient g_0. Dual: w minimizes ⟨g_w, g_0⟩ + c ‖g_0‖ ‖g_w‖ over the simplex, g_w = Σ w_k g_k; d =
/// g_0 + c ‖g_0‖ g_w / ‖g_w‖.
/// </summary>
/// <remarks>
/// <c>rescale</c> as in LibMTL: 0 leaves d, 1 divides it by 1 + c², 2 by 1 + c. The dual is solved to 1e-12 by exchange steps where codes
/// use SLSQP. Where g_w vanishes (opposed gradients) d = g_0, counted. d is of the size of the mean gradient, 1/K of a sum.
/// </remarks>
internal sealed class ConflictAverseGradient : IBalancer
{
    private static readonly Parameter<double> Radius = MethodParameters.Number(
        "c", 0.5, 0, 0.999999, "radius around the mean gradient in its norms (LibMTL: 0.5)");
    private static readonly Parameter<int> Rescale = MethodParameters.Count(
        "rescale", 1, "0: none; 1: divide by 1 + c²; 2: divide by 1 + c (LibMTL: 1)", 0, 2);

    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly SimplexMinimum _simplex;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _scaled;
    [Scratch] private readonly double[] _towardsMean;
    [Scratch] private readonly double[] _solution;
    private readonly double _c;
    private readonly int _rescale;

    private ConflictAverseGradient(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1.0 / terms, context.Events);
        _gram = new(terms, context.Events);
        _simplex = new(terms);
        _events = context.Events;
        _scaled = new double[terms * terms];
        _towardsMean = new double[terms];
        _solution = new double[terms];
        _c = Radius.Of(level);
        _rescale = Rescale.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "cagrad",
            "near the mean gradient, the direction that descends the worst term most",
            "Liu, Liu, Jin, Stone, Liu, NeurIPS 2021, arXiv 2110.14048",
            [Radius, Rescale]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new ConflictAverseGradient(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_gram.Take(observation.Gradients))
        {
            return 1;
        }

        var terms = _solution.Length;
        var largest = 0.0;
        for (var k = 0; k < terms; k++)
        {
            largest = Math.Max(largest, _gram.Norm(k));
        }

        if (largest == 0)
        {
            return 1;
        }

        var meanSquare = 0.0;
        for (var i = 0; i < terms; i++)
        {
            _towardsMean[i] = 0;
            for (var j = 0; j < terms; j++)
            {
                _scaled[(i * terms) + j] = _gram[i, j] / largest / largest;
                _towardsMean[i] += _scaled[(i * terms) + j] / terms;
            }

            meanSquare += _towardsMean[i] / terms;
        }

        var radius = _c * Math.Sqrt(Math.Max(0, meanSquare));
        _simplex.Solve(_scaled, _towardsMean, radius, _solution);
        SetWeights(radius);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    private void SetWeights(double radius)
    {
        var terms = _solution.Length;
        var square = 0.0;
        for (var i = 0; i < terms; i++)
        {
            for (var j = 0; j < terms; j++)
            {
                square += _solution[i] * _scaled[(i * terms) + j] * _solution[j];
            }
        }

        var divisor = _rescale switch { 1 => 1 + (_c * _c), 2 => 1 + _c, _ => 1 };
        var along = radius / Math.Sqrt(square);
        if (!(square > 1e-24))
        {
            _events.Count(BalancerEvents.OpposedGradients);
            along = 0;
        }

        for (var k = 0; k < terms; k++)
        {
            _weights.Set(k, ((1.0 / terms) + (along * _solution[k])) / divisor);
        }
    }
}
