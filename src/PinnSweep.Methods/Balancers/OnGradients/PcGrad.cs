using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// PCGrad, gradient surgery (Yu, Kumar, Gupta, Levine, Hausman, Finn, arXiv 2001.06782, algorithm 1): for each term, p_k = g_k loses its
/// projection on every original g_j with ⟨p_k, g_j⟩ &lt; 0, in random order; the direction is Σ p_k. Term weights reported are the
/// coefficients of the g_k in it.
/// </summary>
/// <remarks><c>order: fixed</c> is the variant without shuffling of the ConFIG repository. Zero gradients conflict with nothing.</remarks>
internal sealed class PcGrad : IBalancer
{
    private static readonly Parameter<Projections> Order = MethodParameters.Choice(
        "order", "of the projections: random (arXiv 2001.06782) or fixed", Projections.Random, Projections.Fixed);

    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly RandomStream _stream;
    [Scratch] private readonly int[] _order;
    [Scratch] private readonly double[] _projected;
    [Scratch] private readonly double[] _sum;
    private readonly bool _random;

    private PcGrad(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1, context.Events);
        _gram = new(terms, context.Events);
        _stream = context.Stream;
        _order = new int[terms];
        _projected = new double[terms];
        _sum = new double[terms];
        _random = Order.Of(level) == Projections.Random;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "pcgrad",
            "each gradient loses its projections on the gradients it conflicts with",
            "Yu, Kumar, Gupta, Levine, Hausman, Finn, NeurIPS 2020, arXiv 2001.06782",
            [Order]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new PcGrad(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_gram.Take(observation.Gradients))
        {
            return 1;
        }

        Array.Clear(_sum);
        for (var k = 0; k < _sum.Length; k++)
        {
            SetOrder();
            Array.Clear(_projected);
            _projected[k] = 1;
            foreach (var j in _order)
            {
                if (j != k && _gram.IsNonzero(j))
                {
                    Project(j);
                }
            }

            for (var j = 0; j < _sum.Length; j++)
            {
                _sum[j] += _projected[j];
            }
        }

        _weights.Set(_sum);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Stream("pcgrad.stream", _stream);
    }

    private void Project(int j)
    {
        var product = 0.0;
        for (var i = 0; i < _projected.Length; i++)
        {
            product += _projected[i] * _gram[i, j];
        }

        if (product < 0)
        {
            _projected[j] -= product / _gram[j, j];
        }
    }

    /// <summary>The terms in order, shuffled (Fisher–Yates) where the order is random.</summary>
    private void SetOrder()
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        for (var i = _order.Length - 1; _random && i > 0; i--)
        {
            var j = _stream.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    private enum Projections
    {
        Random,
        Fixed,
    }
}
