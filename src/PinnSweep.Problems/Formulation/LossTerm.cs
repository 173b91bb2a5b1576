using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>One term of the loss: the mean square of a residual over points of its own.</summary>
/// <param name="Name">Unique in the problem; the key of <c>weights</c> in study files.</param>
/// <param name="Role">What it is for.</param>
/// <param name="PointSet">The sampler's parameter that says how many points: <c>interior</c>, <c>boundary</c> or <c>initial</c>.</param>
/// <param name="Faces">The sides on which its points lie; empty for the whole box.</param>
/// <param name="Residual">Zero where the network solves the problem.</param>
/// <param name="Scale">Characteristic size of the residual in the problem's units: the size of the quantities it balances.</param>
public sealed record LossTerm(string Name, TermRole Role, string PointSet, ImmutableArray<Face> Faces, Expr Residual, double Scale)
{
    /// <summary>The differential equation, over the whole box. With several equations each has a name.</summary>
    public static LossTerm Equation(Expr residual, double scale, string name = "residual") => new(name, TermRole.Residual, PointSets.Interior, [], residual, scale);

    /// <summary>A condition on sides of the box.</summary>
    public static LossTerm Boundary(string name, ImmutableArray<Face> faces, Expr residual, double scale) => new(name, TermRole.Boundary, PointSets.Boundary, faces, residual, scale);

    /// <summary>
    /// A condition between the two sides of a coordinate: its points lie on the lower one, and what is taken across
    /// (<see cref="Expr.Derivative.IsAcross"/>) on the upper one.
    /// </summary>
    public static LossTerm Paired(string name, int axis, Expr residual, double scale) =>
        new(name, TermRole.Boundary, PointSets.Boundary, [new(axis, Upper: false)], residual, scale) { PairsOn = axis };

    /// <summary>Measured values at points of their own, which no sampler moves. Terms of this kind come last.</summary>
    /// <param name="points">Row-major n × dimension, in problem units.</param>
    /// <param name="residual">Of a <see cref="Expr.KnownFunction"/> that has the values.</param>
    /// <param name="scale">Size of the values.</param>
    public static LossTerm Data(ImmutableArray<double> points, Expr residual, double scale) =>
        new(PointSets.Data, TermRole.Data, PointSets.Data, [], residual, scale) { MeasuredAt = points };

    /// <summary>The points of measured values; empty where a sampler draws the points.</summary>
    public ImmutableArray<double> MeasuredAt { get; init; } = [];

    /// <summary>The coordinate whose two sides the residual compares; null where it is of one point.</summary>
    public int? PairsOn { get; init; }

    /// <summary>
    /// The part of the domain in which an equation holds; null for all of it. Its residual is 0 elsewhere, so that equations of several
    /// parts share their points.
    /// </summary>
    public Limits? Within { get; init; }

    /// <summary>The residual as it is within the part of the domain in which it holds.</summary>
    public Expr Inside { get => field ?? Residual; init; }

    /// <summary>Whether a method added it to the loss. It follows from the others, so nothing is measured by it.</summary>
    public bool IsAdded { get; init; }

    /// <summary>The sides that the term says something about: those of its points, and the one across.</summary>
    public IEnumerable<Face> Sides => PairsOn is { } axis ? Faces.Append(new(axis, Upper: true)) : Faces;

    /// <summary>A condition at the first moment of time.</summary>
    public static LossTerm Initial(int timeAxis, Expr residual, double scale, string name = "initial") =>
        new(name, TermRole.Initial, PointSets.Initial, [new(timeAxis, Upper: false)], residual, scale);
}
