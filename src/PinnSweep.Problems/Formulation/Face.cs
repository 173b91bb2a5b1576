using System.Globalization;

namespace PinnSweep.Problems.Formulation;

/// <summary>A side of the domain: the points where one coordinate has its smallest or largest value, or the circle of a hole.</summary>
/// <param name="Axis">The coordinate; of a hole its first one.</param>
/// <param name="Upper">The largest value, not the smallest.</param>
/// <param name="Hole">The number of the hole, from 1; 0 for a side of the box.</param>
public readonly record struct Face(int Axis, bool Upper, int Hole = 0)
{
    /// <summary>A name such as <c>x-lower</c> or <c>hole-1</c>.</summary>
    public string Name(Problem problem) => Hole > 0
        ? string.Create(CultureInfo.InvariantCulture, $"hole-{Hole}")
        : $"{problem.Axes[Axis].Name}-{(Upper ? "upper" : "lower")}";
}
