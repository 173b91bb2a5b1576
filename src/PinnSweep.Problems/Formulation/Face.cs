using System.Globalization;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// Where a condition holds: a side of the domain (the points where one coordinate has its smallest or largest value, the circle of a hole,
/// a side of a plane domain, the sphere of a ball), a part of a side, or a line or point inside.
/// </summary>
/// <param name="Axis">The coordinate; of a hole its first one; inside the first that has one value.</param>
/// <param name="Upper">The largest value, not the smallest.</param>
/// <param name="Hole">The number of the hole, from 1; 0 for anything else.</param>
public readonly record struct Face(int Axis, bool Upper, int Hole = 0)
{
    /// <summary>The number of a side of <see cref="Problem.Plane"/>, from 1; 0 for anything else.</summary>
    public int Piece { get; init; }

    /// <summary>Whether it lies inside the domain, where coordinates of <see cref="Within"/> have one value.</summary>
    public bool IsInside { get; init; }

    /// <summary>Whether it is the sphere of <see cref="Problem.Ball"/>.</summary>
    public bool IsSphere { get; init; }

    /// <summary>The part of the side; null for all of it.</summary>
    public Limits? Within { get; init; }

    /// <summary>Whether it is a side of the box, or a part of one.</summary>
    public bool IsOfBox => Hole == 0 && Piece == 0 && !IsInside && !IsSphere;

    /// <summary>The side that it is a part of; inside, the line or point itself.</summary>
    public Face Whole => IsInside && Within is { } within
        ? this with { Within = within.Fixed.Aggregate(Limits.None, (limits, axis) => limits.With(axis, within.Of(axis).Lower, within.Of(axis).Upper)) }
        : this with { Within = null };

    /// <summary>The sphere of a ball.</summary>
    public static Face Sphere { get; } = new(0, Upper: true) { IsSphere = true };

    /// <summary>A line or a point inside the domain.</summary>
    public static Face Inside(Limits within) => new(within.Fixed.First(), Upper: false) { IsInside = true, Within = within };

    /// <summary>Whether it is a side, or a part of one, at an end of a coordinate.</summary>
    public bool EndsAlong(int axis) => IsOfBox && Axis == axis;

    /// <summary>The part of it within limits. An end of a coordinate needs none of that coordinate.</summary>
    public Face Part(Limits? within)
    {
        var limits = (Within ?? Limits.None).And(within);
        limits = IsOfBox ? limits.Without(Axis) : limits;
        return this with { Within = limits.Axes.Any() ? limits : null };
    }

    /// <summary>The part of it within limits; null where nothing is left.</summary>
    public Face? Cut(Limits? within, Problem problem)
    {
        if (within is null)
        {
            return this;
        }

        var part = Part(within);
        var isAtEnd = !IsOfBox || (within.Of(Axis) is var (lower, upper) && (Upper ? problem.Axes[Axis].Upper : problem.Axes[Axis].Lower) is var end && end >= lower && end <= upper);
        var isRange = part.Within is not { } limits || limits.Axes.All(axis => limits.Of(axis).Lower <= limits.Of(axis).Upper);
        return isAtEnd && isRange && !Region.Side(problem, part).IsEmpty ? part : null;
    }

    /// <summary>Whether a point of the side belongs to its part.</summary>
    public bool Keeps(ReadOnlySpan<double> point) => Within is null || Within.Contains(point);

    /// <summary>A name such as <c>x-lower</c>, <c>hole-1</c>, <c>edge-2</c> or <c>x-lower where y &lt; 0.5</c>.</summary>
    public string Name(Problem problem)
    {
        string[] names = [.. problem.Axes.Select(axis => axis.Name)];
        return IsInside ? Within!.Words(names) : SideName(problem) + (Within is null ? "" : $" where {Within.Words(names)}");
    }

    private string SideName(Problem problem) => Piece > 0 ? problem.Plane!.Sides[Piece - 1].Name
        : IsSphere ? "sphere"
        : Hole > 0 ? string.Create(CultureInfo.InvariantCulture, $"hole-{Hole}")
        : $"{problem.Axes[Axis].Name}-{(Upper ? "upper" : "lower")}";
}
