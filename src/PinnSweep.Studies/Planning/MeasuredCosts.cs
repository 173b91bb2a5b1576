using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Planning;

/// <summary>What trials of a cell cost on a machine, as measured.</summary>
/// <param name="Levels">The cell.</param>
/// <param name="SecondsPerStep">Wall time of an optimizer step, with its share of the evaluations.</param>
/// <param name="Bytes">Bytes that a trial leaves in a store, with its network and the state at its end.</param>
public sealed record MeasuredCell(CellLevels Levels, double SecondsPerStep, long Bytes);

/// <summary>
/// Duration and size of trials by what was measured of some of their cells: a cell that was not measured costs what the most similar ones
/// do, in the geometric mean.
/// </summary>
public sealed class MeasuredCosts
{
    // Problem and network decide most of a step; then what the optimizer and the balancer do in it.
    private static readonly (Factor Factor, int Weight)[] Likeness =
    [
        (Factor.Problem, 8), (Factor.Network, 8), (Factor.Optimizer, 4), (Factor.Balancer, 3), (Factor.Sampler, 3), (Factor.Time, 2),
    ];

    private readonly ImmutableArray<MeasuredCell> _cells;
    private readonly Dictionary<CellLevels, MeasuredCell> _known = [];

    /// <param name="cells">At least one; each cell once.</param>
    public MeasuredCosts(ImmutableArray<MeasuredCell> cells)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cells.Length);
        _cells = cells;
    }

    /// <summary>How many cells were measured.</summary>
    public int Count => _cells.Length;

    /// <summary>The fastest and the slowest step that was measured, seconds.</summary>
    public (double Least, double Most) SecondsPerStep => (_cells.Min(cell => cell.SecondsPerStep), _cells.Max(cell => cell.SecondsPerStep));

    /// <summary>Wall time of a trial, seconds.</summary>
    public double SecondsOf(PlannedTrial trial) => trial.Description.Budget is { Steps: { } steps } ? steps * Of(trial.Description.Levels).SecondsPerStep : trial.Description.Budget.Seconds!.Value;

    /// <summary>
    /// Wall time until trials are trained: their sum over the slots, or the longest of them where that is more; the trials that are begun
    /// last leave slots idle, for half a trial on average.
    /// </summary>
    public TimeSpan Duration(IReadOnlyCollection<PlannedTrial> trials, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slots);
        if (trials.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var seconds = trials.Select(SecondsOf).ToArray();
        var idle = Math.Min(slots - 1, trials.Count) / (double)slots * (seconds.Sum() / seconds.Length) / 2;
        return TimeSpan.FromSeconds(Math.Min(Math.Max((seconds.Sum() / slots) + idle, seconds.Max()), TimeSpan.MaxValue.TotalSeconds / 2));
    }

    /// <summary>What trials leave in a store.</summary>
    public double Bytes(IEnumerable<PlannedTrial> trials) => trials.Sum(trial => (double)Of(trial.Description.Levels).Bytes);

    private MeasuredCell Of(CellLevels levels)
    {
        if (!_known.TryGetValue(levels, out var cell))
        {
            var like = _cells.GroupBy(one => Alike(one.Levels, levels)).MaxBy(group => group.Key)!.ToArray();
            cell = like[0].Levels == levels
                ? like[0]
                : new(levels, Math.Exp(like.Average(one => Math.Log(one.SecondsPerStep))), (long)like.Average(one => one.Bytes));
            _known[levels] = cell;
        }

        return cell;
    }

    private static int Alike(CellLevels one, CellLevels other) =>
        Likeness.Sum(pair => one[pair.Factor] == other[pair.Factor] ? pair.Weight : 0) + (one.Precision == other.Precision ? 8 : 0);
}
