using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Scales;

/// <summary>Places of a problem in its own units: parts of the domain and of sides, and shapes of the plane.</summary>
/// <param name="coordinates">One unit for each coordinate; those of the plane have one size.</param>
internal sealed class OwnPlaces(ImmutableArray<Unit> coordinates)
{
    /// <summary>Limits of coordinates.</summary>
    public Limits? Of(Limits? limits) => limits?.Axes.Aggregate(
        Limits.None, (own, axis) => limits.Of(axis) is var (lower, upper) ? own.With(axis, coordinates[axis].ToOwn(lower), coordinates[axis].ToOwn(upper)) : own);

    /// <summary>A side or a part of one.</summary>
    public Face Of(Face face) => face with { Within = Of(face.Within) };

    /// <summary>A disc that is cut out.</summary>
    public Hole Of(Hole hole) => hole with
    {
        X = coordinates[hole.AxisX].ToOwn(hole.X),
        Y = coordinates[hole.AxisY].ToOwn(hole.Y),
        Radius = hole.Radius / coordinates[hole.AxisX].Size,
    };

    /// <summary>A ball that is cut out.</summary>
    public Cavity Of(Cavity cavity) =>
        new(coordinates[0].ToOwn(cavity.X), coordinates[1].ToOwn(cavity.Y), coordinates[2].ToOwn(cavity.Z), cavity.Radius / coordinates[0].Size);

    /// <summary>A domain of the plane.</summary>
    public PlaneDomain? Of(PlaneDomain? plane) =>
        plane is null ? null : PlaneDomain.Of(Of(plane.Shape, coordinates[plane.AxisX], coordinates[plane.AxisY]), plane.AxisX, plane.AxisY, plane.HasBoxSides);

    private static PlaneShape Of(PlaneShape shape, Unit x, Unit y)
    {
        PlanePoint Own(PlanePoint point) => new(x.ToOwn(point.X), y.ToOwn(point.Y));
        return shape switch
        {
            Disc disc => disc with { Centre = Own(disc.Centre), Radius = disc.Radius / x.Size },
            Polygon polygon => polygon with { Vertices = [.. polygon.Vertices.Select(Own)] },
            CombinedShape combined => combined with { Parts = [.. combined.Parts.Select(part => Of(part, x, y))] },
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }
}
