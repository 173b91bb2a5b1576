namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The mean over problems of Vargha and Delaney's A (<see cref="EffectSizes.ProbabilityOfSmaller"/>) when the runs of both methods are
/// drawn again: the values of a problem are put in order once, and a resample is then one walk through that order.
/// </summary>
internal sealed class SmallerProbability
{
    private readonly Place[][] _problems;
    private readonly double[] _pairs;

    /// <summary>The runs of two methods, problem by problem.</summary>
    public SmallerProbability(double[][] first, double[][] second)
    {
        Sizes = [.. first.Select(runs => runs.Length), .. second.Select(runs => runs.Length)];
        _pairs = [.. first.Zip(second, (mine, theirs) => 2.0 * mine.Length * theirs.Length)];
        _problems = new Place[first.Length][];
        var (at, other) = (0, first.Sum(runs => runs.Length));
        for (var p = 0; p < first.Length; p++)
        {
            _problems[p] = InOrder(first[p], at, second[p], other);
            at += first[p].Length;
            other += second[p].Length;
        }
    }

    /// <summary>Strata of <see cref="StratifiedBootstrap"/>: all problems of the first, then all of the second.</summary>
    public int[] Sizes { get; }

    /// <summary>The mean of a resample.</summary>
    public double Of(int[] counts)
    {
        var sum = 0.0;
        for (var p = 0; p < _problems.Length; p++)
        {
            // Twice the pairs with the smaller value in the first sample; a tie is half a pair.
            var (doubled, below, mine, theirs) = (0L, 0, 0, 0);
            foreach (var place in _problems[p])
            {
                var count = counts[place.Index];
                mine += place.IsFirst ? count : 0;
                theirs += place.IsFirst ? 0 : count;
                if (place.IsLastOfTie)
                {
                    doubled += theirs * ((2L * below) + mine);
                    below += mine;
                    (mine, theirs) = (0, 0);
                }
            }

            sum += doubled / _pairs[p];
        }

        return sum / _problems.Length;
    }

    private static Place[] InOrder(double[] first, int at, double[] second, int other)
    {
        var all = first.Select((value, i) => (Value: value, Index: at + i, IsFirst: true))
            .Concat(second.Select((value, i) => (Value: value, Index: other + i, IsFirst: false)))
            .OrderBy(run => run.Value).ToArray();
        return [.. all.Select((run, i) => new Place(run.Index, run.IsFirst, i == all.Length - 1 || all[i + 1].Value != run.Value))];
    }

    private readonly record struct Place(int Index, bool IsFirst, bool IsLastOfTie);
}
