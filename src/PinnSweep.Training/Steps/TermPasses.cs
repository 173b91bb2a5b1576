using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Steps;

/// <summary>
/// The passes over all loss terms, a <see cref="PassGroup"/> for those that share their points. Buffers of all terms lie one after another
/// in the order of the terms. There are two sets of buffers: those of the step, which balancers see, and those of a probe at another θ with
/// the same weights of points, which a line search asks for. A probe at the θ of the next step is that step's evaluation already, to the
/// last bit, so a line search costs no evaluation twice. Where only the weighted sum is wanted, terms that share points share the reverse
/// pass too.
/// </summary>
internal sealed class TermPasses : ITermResiduals, IDisposable
{
    private readonly Problem _problem;
    private readonly int _parameters;
    private readonly ImmutableArray<PassGroup> _groups;
    private readonly PassWeights _weights;
    private readonly double[] _probedTheta;
    private readonly bool _sharesPoints;
    private TermValues _step;
    private TermValues _probe;
    private bool _isProbed;
    private ISampler? _sampler;

    public TermPasses(Problem problem, IJetEngine engine, int parameters)
    {
        _problem = problem;
        _parameters = parameters;
        _groups = [.. PassGroup.Of(problem, engine, parameters)];
        _weights = new(_groups);
        _sharesPoints = _groups.Any(group => group.Count > 1);
        _probedTheta = new double[parameters];
        _step = new(problem.Terms.Length, parameters);
        _probe = new(problem.Terms.Length, 0);
    }

    public ReadOnlySpan<double> Losses => _step.Losses;

    public ReadOnlySpan<double> WeightedLosses => _step.WeightedLosses;

    public ReadOnlySpan<double> Gradients => _step.Gradients;

    public ReadOnlySpan<double> Residuals => _step.Residuals;

    /// <summary>Terms with their passes, in order: what <see cref="Rows"/> goes by.</summary>
    public int Terms => _problem.Terms.Length;

    /// <summary>Takes the sampler's current points, and tells the balancer where it is given.</summary>
    public void TakePoints(ISampler sampler, IBalancer? balancer)
    {
        _isProbed = false;
        _sampler = sampler;
        var total = 0;
        foreach (var group in _groups)
        {
            group.Pass.SetPoints(sampler.Points(group.First));
            group.Offset = total;
            group.IsWeighted = false;
            total += group.Length;
            for (var k = group.First; k < group.First + group.Count; k++)
            {
                if (!sampler.IsFixed(k))
                {
                    balancer?.PointsChanged(k, group.Pass.PointCount);
                }
            }
        }

        if (total != _step.Residuals.Length)
        {
            _step.Residuals = new double[total];
            _probe.Residuals = [];
            _weights.Resize(total);
        }
    }

    /// <summary>Losses and residuals at the engine's θ without weights.</summary>
    public void Forward()
    {
        foreach (var group in _groups)
        {
            group.Run(_step, [], reverse: false, []);
        }
    }

    /// <summary>
    /// The same, and the next <see cref="ForwardAndReverse"/> at this θ takes over what was computed, as far as the engine keeps it.
    /// </summary>
    public void ForwardAhead()
    {
        foreach (var group in _groups)
        {
            group.Pass.Forward(_step.Losses.AsSpan(group.First, group.Count), _step.Residuals.AsSpan(group.Offset, group.Length));
        }

        _step.Losses.CopyTo(_step.WeightedLosses);
    }

    /// <summary>
    /// Losses, residuals and gradients at the engine's θ, which is <paramref name="theta"/>, with the weights of points of sampler and
    /// balancer.
    /// </summary>
    /// <param name="theta">θ.</param>
    /// <param name="balancer">Gives the weights of points.</param>
    /// <param name="termWeights">The weights by which a direction will be asked for, where no single gradient is; else empty.</param>
    public void ForwardAndReverse(ReadOnlySpan<double> theta, IBalancer balancer, ReadOnlySpan<double> termWeights)
    {
        var isProbed = _weights.Take(balancer, _sampler) && _isProbed && SameBits(theta, _probedTheta);
        if (isProbed && (!_sharesPoints || SameBits(termWeights, _probe.SummedBy)))
        {
            (_step, _probe) = (_probe, _step);
            _step.TakeSum(termWeights);
            _isProbed = false;
            return;
        }

        _isProbed = false;
        foreach (var group in _groups)
        {
            group.Run(_step, _weights.Of(group), reverse: true, termWeights);
        }

        _step.TakeSum(termWeights);
    }

    /// <summary>The gradient of Σ λ_k · weighted loss k.</summary>
    public void Direction(ReadOnlySpan<double> termWeights, Span<double> gradient) => Direction(_step, termWeights, gradient);

    /// <summary>The same at the engine's θ of a line search, beside the step's values and with the step's weights of points.</summary>
    /// <param name="theta">The engine's θ.</param>
    /// <param name="termWeights">λ.</param>
    /// <param name="gradient">Takes the gradient of the weighted sum; empty where it is not wanted.</param>
    /// <returns>The weighted sum.</returns>
    public double Probe(ReadOnlySpan<double> theta, ReadOnlySpan<double> termWeights, Span<double> gradient)
    {
        var reverse = !gradient.IsEmpty;

        // As the step had it, so that the next step can take the values over.
        var sum = _step.SummedBy.IsEmpty ? [] : termWeights;
        if (_probe.Residuals.Length != _step.Residuals.Length || _probe.Gradients.Length == 0)
        {
            _probe.Residuals = new double[_step.Residuals.Length];
            _probe.Gradients = new double[_step.Gradients.Length];
        }

        foreach (var group in _groups)
        {
            group.Run(_probe, _weights.Of(group), reverse, sum);
        }

        _isProbed = reverse;
        theta.CopyTo(_probedTheta);
        if (reverse)
        {
            _probe.TakeSum(sum);
            Direction(_probe, termWeights, gradient);
        }

        return TensorPrimitives.Dot(termWeights, _probe.WeightedLosses);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Of(int term) => _step.Residuals.AsSpan(GroupOf(term).PlaceOf(term));

    /// <summary>Points of a term.</summary>
    public int PointCount(int term) => GroupOf(term).Pass.PointCount;

    /// <summary>The step's weights of a term's points, empty for ones.</summary>
    public ReadOnlySpan<double> PointWeights(int term) => _weights.Of(GroupOf(term), term);

    /// <summary>Residuals of some points of a term and their derivatives by θ, at the engine's θ.</summary>
    public void Rows(int term, int first, Span<double> residuals, Span<double> rows)
    {
        var group = GroupOf(term);
        group.Pass.Jacobian(term - group.First, first, residuals, rows);
    }

    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Dispose();
        }
    }

    private static bool SameBits(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    private PassGroup GroupOf(int term)
    {
        var i = 0;
        while (term >= _groups[i].First + _groups[i].Count)
        {
            i++;
        }

        return _groups[i];
    }

    private void Direction(TermValues values, ReadOnlySpan<double> termWeights, Span<double> gradient)
    {
        gradient.Clear();
        foreach (var group in _groups)
        {
            var isSummed = values.SummedBy.Length > 0 && group.Count > 1;
            for (var k = group.First; k < group.First + (isSummed ? 1 : group.Count); k++)
            {
                TensorPrimitives.MultiplyAdd(values.Gradients.AsSpan(k * _parameters, _parameters), isSummed ? 1 : termWeights[k], gradient, gradient);
            }
        }
    }
}
