using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// Group-sequential tests by spending α (Lan and DeMets 1983; Jennison and Turnbull 2000, chapter 7): bounds in z, two-sided and symmetric,
/// at looks after so many seeds; the share of the seeds is the share of the information.
/// </summary>
public static class GroupSequential
{
    private static readonly ConcurrentDictionary<(SpendingFunction, double Alpha, string Looks), ImmutableArray<double>> Known = new();
    private static readonly ConcurrentDictionary<(SpendingFunction, string Looks), RepeatedPTable> Tables = new();

    /// <summary>The bounds: |z| beyond that of its look decides, and under the null this happens at any look with probability α.</summary>
    /// <param name="spending">How α is spread.</param>
    /// <param name="alpha">Two-sided, above 0 and at most 1.</param>
    /// <param name="looks">Seeds at each look, growing; the last has the whole information.</param>
    public static ImmutableArray<double> Bounds(SpendingFunction spending, double alpha, IReadOnlyList<int> looks)
    {
        if (alpha is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α lies above 0 and is at most 1.");
        }

        return Known.GetOrAdd((spending, alpha, Key(looks)), _ => Computed(spending, alpha, looks));
    }

    /// <summary>The repeated p: the smallest α at which the sequence of z so far would have crossed its bounds.</summary>
    /// <param name="spending">How α is spread.</param>
    /// <param name="looks">Seeds at each look, growing, those to come too.</param>
    /// <param name="z">z at each look so far, at most one a look.</param>
    public static double RepeatedP(SpendingFunction spending, IReadOnlyList<int> looks, IReadOnlyList<double> z) =>
        z.Select((value, look) => PAt(spending, looks, look, value)).DefaultIfEmpty(1).Min();

    /// <summary>The α whose bound at this look is |z|.</summary>
    internal static double PAt(SpendingFunction spending, IReadOnlyList<int> looks, int look, double z) =>
        Tables.GetOrAdd((spending, Key(looks)), _ => new(spending, looks)).P(look, Math.Abs(z));

    /// <summary>The bounds, not remembered.</summary>
    internal static ImmutableArray<double> Computed(SpendingFunction spending, double alpha, IReadOnlyList<int> looks)
    {
        var bounds = ImmutableArray.CreateBuilder<double>(looks.Count);
        var walk = new BoundedWalk();
        var spent = 0.0;
        for (var i = 0; i < looks.Count; i++)
        {
            var time = Share(looks, i);
            var spentThen = AlphaSpending.Spent(spending, alpha, time);
            bounds.Add(walk.BoundFor(time, spentThen - spent));
            spent = spentThen;
            if (i + 1 < looks.Count)
            {
                walk.StopAt(time, bounds[i], Share(looks, i + 1));
            }
        }

        return bounds.MoveToImmutable();
    }

    private static double Share(IReadOnlyList<int> looks, int look) => (double)looks[look] / looks[^1];

    private static string Key(IReadOnlyList<int> looks)
    {
        if (looks.Count == 0 || looks[0] < 1 || looks.Zip(looks.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"Looks grow from at least one seed; these are [{string.Join(", ", looks)}].", nameof(looks));
        }

        return string.Join(' ', looks.Select(seeds => seeds.ToString(CultureInfo.InvariantCulture)));
    }
}
