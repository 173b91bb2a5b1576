using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>Where each term's residuals lie in an observation.</summary>
internal sealed class PointSplit(BalancerContext context)
{
    private readonly int[] _points = [.. context.Terms.Select(term => term.Points)];

    public int Terms => _points.Length;

    public int Points(int term) => _points[term];

    /// <summary>A term's part of the residuals of an observation.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> residuals, int term)
    {
        var begin = 0;
        for (var k = 0; k < term; k++)
        {
            begin += _points[k];
        }

        return residuals.Slice(begin, _points[term]);
    }

    public void Change(int term, int points) => _points[term] = points;

    public void State(StateArchive archive)
    {
        foreach (ref var points in _points.AsSpan())
        {
            archive.Count("points", ref points);
        }
    }
}
