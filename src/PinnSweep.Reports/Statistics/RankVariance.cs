using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>Variance of ranks between groups, of a sample sorted once and then resampled or permuted many times.</summary>
internal sealed class RankVariance
{
    private readonly int[] _groups;
    private readonly double[] _values;
    private readonly int[] _order;
    private readonly double[] _sums;
    private readonly int[] _sizes;

    /// <summary>A sample.</summary>
    /// <param name="groups">Group of each value, from 0 without gaps.</param>
    /// <param name="values">No NaN.</param>
    public RankVariance(int[] groups, double[] values)
    {
        (_groups, _values) = (groups, values);
        _order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        _sums = new double[groups.Max() + 1];
        _sizes = new int[_sums.Length];
    }

    /// <summary>η² of the resample that has each value so many times; 0 where all its values are equal.</summary>
    public double Of(int[] counts)
    {
        Array.Clear(_sums);
        Array.Clear(_sizes);
        var middle = (counts.Sum() + 1) / 2.0;
        var (below, square) = (0, 0.0);
        for (int first = 0, next; first < _order.Length; first = next)
        {
            var tied = 0;
            for (next = first; next < _order.Length && _values[_order[next]] == _values[_order[first]]; next++)
            {
                tied += counts[_order[next]];
            }

            // Ranks from their own mean, so that no digits are lost in squares of large ranks.
            var rank = below + ((tied + 1) / 2.0) - middle;
            for (var i = first; i < next; i++)
            {
                var (group, count) = (_groups[_order[i]], counts[_order[i]]);
                _sums[group] += count * rank;
                _sizes[group] += count;
            }

            square += tied * rank * rank;
            below += tied;
        }

        return square > 0 ? Between() / square : 0;
    }

    /// <summary>How many of random permutations of the groups have at least this η².</summary>
    public int CountPermutations(double least, int permutations, RandomStream stream)
    {
        var ranks = Ranks.Of(_values);
        var middle = (_values.Length + 1) / 2.0;
        var square = 0.0;
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] -= middle;
            square += ranks[i] * ranks[i];
        }

        var uniform = new double[ranks.Length];
        Array.Clear(_sizes);
        foreach (var group in _groups)
        {
            _sizes[group]++;
        }

        var atLeast = 0;
        for (var draw = 0; draw < permutations; draw++)
        {
            stream.FillUniform(uniform);
            Array.Clear(_sums);
            for (var i = ranks.Length - 1; i >= 0; i--)
            {
                var j = (int)(uniform[i] * (i + 1));
                (ranks[i], ranks[j]) = (ranks[j], ranks[i]);
                _sums[_groups[i]] += ranks[i];
            }

            atLeast += Between() >= least * square ? 1 : 0;
        }

        return atLeast;
    }

    private double Between()
    {
        var between = 0.0;
        for (var group = 0; group < _sums.Length; group++)
        {
            between += _sizes[group] > 0 ? _sums[group] * _sums[group] / _sizes[group] : 0;
        }

        return between;
    }
}
