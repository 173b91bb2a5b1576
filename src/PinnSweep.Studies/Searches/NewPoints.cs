using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// Lets only points through that were not there before. What many draws in a row did not find comes in the canonical order of the space
/// where that is finite, so that a space is used up to its last point and no search waits for a draw of small probability.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="taken">The points that were there before.</param>
internal sealed class NewPoints(SearchSpace space, IEnumerable<SpacePoint> taken)
{
    /// <summary>Draws in a row without a new point, after which drawing ends.</summary>
    public const int Patience = 10_000;

    private readonly HashSet<SpacePoint> _taken = [.. taken];
    private readonly long? _count = space.Count();
    private IEnumerator<SpacePoint>? _rest;

    /// <summary>The next new point; null where there is none left, or none was found in a continuum.</summary>
    /// <param name="draw">Draws a point; is told how many draws before it were in vain.</param>
    public SpacePoint? Next(Func<int, SpacePoint> draw)
    {
        for (var tries = 0; _rest is null && tries < Patience && !(_count <= _taken.Count); tries++)
        {
            var point = draw(tries);
            if (_taken.Add(point))
            {
                return point;
            }
        }

        _rest ??= SpaceGrid.All(space).GetEnumerator();
        while (_rest.MoveNext())
        {
            if (_taken.Add(_rest.Current))
            {
                return _rest.Current;
            }
        }

        return null;
    }
}
