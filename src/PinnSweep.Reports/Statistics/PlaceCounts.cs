using System.Collections.Immutable;

namespace PinnSweep.Reports.Statistics;

/// <summary>How often each of several comes to each place, over many draws. Those that tie share the places that they take.</summary>
internal sealed class PlaceCounts(int count)
{
    private readonly double[][] _places = [.. Enumerable.Range(0, count).Select(_ => new double[count])];
    private readonly int[] _doubled = new int[count];
    private int _draws;

    /// <summary>Counts a draw.</summary>
    /// <param name="scores">The smallest is first; infinite where one has failed.</param>
    public void Add(ReadOnlySpan<double> scores)
    {
        Ranks.Doubled(scores, _doubled);
        _draws++;
        for (var i = 0; i < scores.Length; i++)
        {
            var ties = 0;
            foreach (var other in _doubled)
            {
                ties += other == _doubled[i] ? 1 : 0;
            }

            // A midrank is the middle of the places that are shared.
            var first = (_doubled[i] - ties - 1) / 2;
            for (var place = first; place < first + ties; place++)
            {
                _places[i][place] += 1.0 / ties;
            }
        }
    }

    /// <summary>The share of draws by method and place.</summary>
    public ImmutableArray<ImmutableArray<double>> Shares() => [.. _places.Select(places => places.Select(sum => sum / _draws).ToImmutableArray())];
}
