using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The names of sides: <c>x-lower</c>, <c>x-upper</c>, <c>hole-2</c>.</summary>
internal static class SideNames
{
    private const string HolePrefix = "hole-";

    /// <summary>The side of a name, or null.</summary>
    public static Face? Parse(string name, ImmutableArray<Axis> axes, int holes)
    {
        if (name.StartsWith(HolePrefix, StringComparison.Ordinal))
        {
            return int.TryParse(name[HolePrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= holes
                ? new Face(0, Upper: false, number)
                : null;
        }

        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (name == $"{axes[axis].Name}-lower" || name == $"{axes[axis].Name}-upper")
            {
                return new Face(axis, name.EndsWith("-upper", StringComparison.Ordinal));
            }
        }

        return null;
    }

    /// <summary>Short names for several sides: a coordinate for both of its sides, <c>holes</c> for all circles.</summary>
    public static ImmutableArray<string> Expand(string name, ImmutableArray<Axis> axes, int holes) =>
        name == "holes" && holes > 0 ? [.. Enumerable.Range(1, holes).Select(hole => HolePrefix + hole.ToString(CultureInfo.InvariantCulture))]
        : axes.Any(axis => axis.Name == name) ? [$"{name}-lower", $"{name}-upper"]
        : [name];

    /// <summary>Every side that a condition may name.</summary>
    public static ImmutableArray<string> All(ImmutableArray<Axis> axes, int holes) =>
        [.. axes.Where(axis => !axis.Periodic).SelectMany(axis => (string[])[$"{axis.Name}-lower", $"{axis.Name}-upper"]), .. Expand("holes", [], holes).Where(_ => holes > 0)];
}
