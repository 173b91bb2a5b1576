using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Random loss weighting (Lin, Ye, Zhang, Tsang, arXiv 2111.10603): in every step w = softmax of standard normal numbers. The control that
/// a method which claims to learn something from the losses has to beat.
/// </summary>
/// <remarks>The paper's weights sum to 1; <c>sum: terms</c> lets them sum to K.</remarks>
internal sealed class RandomWeights : IBalancer
{
    private static readonly Parameter<WeightSum> Sum = MethodParameters.Choice(
        "sum", "what the weights sum to: one (arXiv 2111.10603) or terms", WeightSum.One, WeightSum.Terms);

    private readonly double[] _weights;
    private readonly RandomStream _stream;
    private readonly double _total;

    private RandomWeights(BalancerContext context, Level level)
    {
        _weights = [.. context.Terms.Select(_ => 1.0 / context.Terms.Length)];
        _stream = context.Stream;
        _total = Sum.Of(level) == WeightSum.One ? 1 : _weights.Length;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "random-weights",
            "softmax of random numbers in every step, a control",
            "Lin, Ye, Zhang, Tsang, TMLR 2022, arXiv 2111.10603",
            [Sum]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new RandomWeights(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        foreach (ref var weight in _weights.AsSpan())
        {
            weight = _stream.NextGaussian();
        }

        Softmax.InPlace(_weights, _total);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("random.weights", _weights);
        archive.Stream("random.stream", _stream);
    }
}
