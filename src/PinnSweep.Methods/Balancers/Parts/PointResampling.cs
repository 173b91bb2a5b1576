using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// What becomes of weights of points when a sampler draws new points, declared by the parameter <c>resampling</c>:
/// <c>refuse</c> (points must stay), <c>reset</c> (new points start anew), <c>carry</c> (by position in the set, for methods on
/// mini-batches of one pool), <c>nearest</c> (from the nearest old point; the published transfer for self-adaptive weights is a Gaussian
/// process, arXiv 2009.04544).
/// </summary>
internal sealed class PointResampling
{
    private readonly ITermProbe _probe;
    private readonly Policy _policy;
    private readonly double[][] _coordinates;
    private readonly int _dimension;

    public PointResampling(BalancerContext context, Level level)
    {
        _probe = context.Probe;
        _policy = Parameter.Of(level);
        _dimension = context.Network.InputDimension;
        _coordinates = _policy == Policy.Nearest ? [.. context.Terms.Select((_, term) => _probe.Coordinates(term).ToArray())] : [];
    }

    /// <summary>The parameter.</summary>
    public static Parameter<Policy> Parameter { get; } = MethodParameters.Choice(
        "resampling",
        "weights of points when new points are drawn: refuse, reset, carry (by position), nearest (from the nearest old point)",
        Policy.Refuse,
        Policy.Reset,
        Policy.Carry,
        Policy.Nearest);

    /// <summary>For <see cref="BalancerEntry.WhyPointsMustStay"/>.</summary>
    public static string? WhyPointsMustStay(Level level) => Parameter.Of(level) == Policy.Refuse
        ? "weights belong to points, and the sampler draws new ones; declare 'resampling' as reset, carry or nearest, or keep the points fixed"
        : null;

    /// <summary>For each new point of a term the old point whose weight it takes over, or −1 for a fresh start.</summary>
    public int[] Sources(int term, int oldPoints, int points)
    {
        var sources = new int[points];
        switch (_policy)
        {
            case Policy.Refuse:
                throw new InvalidOperationException($"points of term {term} changed under a balancer that was declared with resampling: refuse");
            case Policy.Carry:
                for (var i = 0; i < points; i++)
                {
                    sources[i] = i < oldPoints ? i : -1;
                }

                break;
            case Policy.Nearest:
                var now = _probe.Coordinates(term).ToArray();
                Nearest(_coordinates[term], now, sources);
                _coordinates[term] = now;
                break;
            default:
                Array.Fill(sources, -1);
                break;
        }

        return sources;
    }

    public void State(StateArchive archive)
    {
        foreach (ref var coordinates in _coordinates.AsSpan())
        {
            archive.Vector("resampling.coordinates", ref coordinates);
        }
    }

    private void Nearest(double[] old, double[] now, int[] sources)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            var best = double.PositiveInfinity;
            sources[i] = -1;
            for (var j = 0; j < old.Length / _dimension; j++)
            {
                var distance = System.Numerics.Tensors.TensorPrimitives.Distance<double>(now.AsSpan(i * _dimension, _dimension), old.AsSpan(j * _dimension, _dimension));
                if (distance < best)
                {
                    (best, sources[i]) = (distance, j);
                }
            }
        }
    }

    /// <summary>Where the weights of new points come from.</summary>
    public enum Policy
    {
        Refuse,
        Reset,
        Carry,
        Nearest,
    }
}
