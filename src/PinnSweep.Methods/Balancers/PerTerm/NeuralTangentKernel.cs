using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Weights from the neural tangent kernel (Wang, Yu, Perdikaris, arXiv 2007.14527, eq. 6.5 ff.): λ_k = Σ_j Tr K_jj / Tr K_kk,
/// Tr K_kk = Σ_i ‖∂r_ki/∂θ‖², from gradients of single residuals at the current θ, used in the step that computes them.
/// </summary>
/// <remarks>
/// Variants: <c>trace</c> (paper), <c>mean</c> (jaxpi: means of the diagonals, which do not depend on the numbers of points, and (1/K) Σ_j
/// in the numerator), <c>sum-of-residuals</c> (PINNacle: ‖∂(Σ_i r_i)/∂θ‖² = 1ᵀK1 for two groups, residuals and conditions; this is not the
/// trace). <c>points</c> takes that many points of each term, spread evenly; traces are scaled up by n/points.
/// </remarks>
internal sealed class NeuralTangentKernel : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<Statistic> Variant = MethodParameters.Choice(
        "variant",
        "trace (paper), mean (diagonal means, jaxpi) or sum-of-residuals (two groups, PINNacle)",
        Statistic.Trace, Statistic.Mean, Statistic.SumOfResiduals);
    private static readonly Parameter<int> Interval = MethodParameters.Interval(100, "authors' notebooks: 100; jaxpi: 1000");
    private static readonly Parameter<double> KeepOld = MethodParameters.KeepOld(0, "authors' notebooks: none; jaxpi: 0.9");
    private static readonly Parameter<int?> Points = MethodParameters.OptionalCount(
        "points", "points of each term that enter; null is all (authors' notebooks: all 300)");

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly ITermProbe _probe;
    private readonly EventCounts _events;
    [Scratch] private readonly double[][] _norms;
    [Scratch] private readonly double[] _sum;
    [Scratch] private readonly double[] _total;
    [Scratch] private readonly double[] _statistics;
    private readonly Statistic _variant;
    private readonly int _interval;
    private readonly double _keepOld;
    private readonly int _sample;
    private readonly int _dimension;

    private NeuralTangentKernel(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        (_probe, _events) = (context.Probe, context.Events);
        _variant = Variant.Of(level);
        _interval = Interval.Of(level);
        _keepOld = KeepOld.Of(level);
        _sample = Points.Of(level) ?? int.MaxValue;
        _dimension = context.Network.InputDimension;
        _norms = [.. context.Terms.Select(term => new double[Math.Min(term.Points, _sample)])];
        _statistics = new double[_norms.Length];
        _sum = _variant == Statistic.SumOfResiduals ? new double[context.ParameterCount] : [];
        _total = new double[_sum.Length];
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "ntk",
            "each term's share of the trace of the neural tangent kernel is made equal",
            "Wang, Yu, Perdikaris, J. Comput. Phys. 449 (2022) 110768, doi 10.1016/j.jcp.2021.110768, arXiv 2007.14527",
            [Variant, Interval, KeepOld, Points]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new NeuralTangentKernel(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => step % _interval == 0;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (observation.Step % _interval != 0)
        {
            return 1;
        }

        var sum = _variant == Statistic.SumOfResiduals ? KernelSums() : KernelTraces();
        if (Observed.GradientIsFinite(sum, _events))
        {
            _weights.AverageRatios(sum, _statistics, _keepOld);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    /// <summary>
    /// How many points a term has now, which the probe knows in a resumed training too; the buffer of their norms follows.
    /// </summary>
    private int TakePoints(int term)
    {
        var points = _probe.Coordinates(term).Length / _dimension;
        var count = Math.Min(points, _sample);
        if (_norms[term].Length != count)
        {
            _norms[term] = new double[count];
        }

        return points;
    }

    /// <summary>The statistic of each term; returns the numerator of the weights.</summary>
    private double KernelTraces()
    {
        var sum = 0.0;
        for (var k = 0; k < _statistics.Length; k++)
        {
            var points = TakePoints(k);
            _probe.ResidualGradients(k, [], _norms[k], []);
            var mean = TensorPrimitives.Sum<double>(_norms[k]) / _norms[k].Length;
            _statistics[k] = _variant == Statistic.Mean ? mean : mean * points;
            sum += _statistics[k];
        }

        return _variant == Statistic.Mean ? sum / _statistics.Length : sum;
    }

    /// <summary>The statistic of each term is that of its group; returns the sum over the two groups.</summary>
    private double KernelSums() => KernelSum(residuals: true) + KernelSum(residuals: false);

    private double KernelSum(bool residuals)
    {
        Array.Clear(_total);
        for (var k = 0; k < _statistics.Length; k++)
        {
            if (_groups.IsResidual(k) == residuals)
            {
                TakePoints(k);
                _probe.ResidualGradients(k, [], _norms[k], _sum);
                TensorPrimitives.Add(_total, _sum, _total);
            }
        }

        var statistic = TensorPrimitives.SumOfSquares<double>(_total);
        for (var k = 0; k < _statistics.Length; k++)
        {
            _statistics[k] = _groups.IsResidual(k) == residuals ? statistic : _statistics[k];
        }

        return statistic;
    }

    private enum Statistic
    {
        Trace,
        Mean,
        SumOfResiduals,
    }
}
