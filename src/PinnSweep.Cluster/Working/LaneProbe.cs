using System.Globalization;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Finds how many trials of a shape a device is best filled with: twice as many for as long as all of them together become faster by a
/// twentieth, and then those that were fastest. Memory that would not suffice for twice as many ends it too. A pure function of what was
/// measured.
/// </summary>
internal static class LaneProbe
{
    /// <summary>Trials that it begins with.</summary>
    public const int First = 4;

    private const double Worthwhile = 1.05;
    private const double Full = 0.9;

    /// <summary>The limit after a measurement; null where it says nothing, as the pack was not full.</summary>
    /// <param name="now">The limit under which it was measured.</param>
    /// <param name="seen">The measurement.</param>
    /// <param name="most">Trials that the trainer takes.</param>
    public static ShapeLimit? After(ShapeLimit now, PackMeasure seen, int most)
    {
        if (now.IsSettled || seen.Lanes < Full * now.Lanes || !double.IsFinite(seen.StepsPerSecond))
        {
            return null;
        }

        if (now.BestLanes > 0 && seen.StepsPerSecond <= Worthwhile * now.BestPace)
        {
            return now with
            {
                Lanes = now.BestLanes,
                IsSettled = true,
                Why = Text($"{now.Lanes} trials at once took {seen.StepsPerSecond:0} steps a second together, {now.BestLanes} took {now.BestPace:0}"),
            };
        }

        var best = now with { BestLanes = now.Lanes, BestPace = seen.StepsPerSecond };
        return (2 * now.Lanes > most, 2 * seen.MemoryUse > Full) switch
        {
            (true, _) => best with { IsSettled = true, Why = Text($"a trainer takes no more; they took {seen.StepsPerSecond:0} steps a second together") },
            (_, true) => best with { IsSettled = true, Why = Text($"they use {100 * seen.MemoryUse:0} % of the memory, which does not suffice for twice as many") },
            _ => best with { Lanes = 2 * now.Lanes, Why = Text($"more are tried while it becomes faster: {now.Lanes} took {seen.StepsPerSecond:0} steps a second together") },
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
