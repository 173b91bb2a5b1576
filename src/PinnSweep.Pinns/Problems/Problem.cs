using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>One coordinate of a box domain.</summary>
/// <param name="Name">Its name in reports and study files.</param>
/// <param name="Lower">Its smallest value.</param>
/// <param name="Upper">Its largest value.</param>
/// <param name="Periodic">Whether the solution repeats with period <c>Upper − Lower</c>; networks then build it in, and there is no boundary term.</param>
public sealed record Axis(string Name, double Lower, double Upper, bool Periodic = false)
{
    /// <summary>
    /// Whether the solution, continued with period <c>Upper − Lower</c>, keeps all its derivatives and is determined by the equation and the other
    /// conditions, though the problem is stated with conditions on both sides: a network may then build the period in instead.
    /// </summary>
    public bool Repeats { get; init; }

    /// <summary>Upper − Lower.</summary>
    public double Extent => Upper - Lower;
}

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

    /// <summary>A condition between the two sides of a coordinate: its points lie on the lower one, and what is taken across (<see cref="Expr.Derivative.IsAcross"/>) on the upper one.</summary>
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

    /// <summary>The sides that the term says something about: those of its points, and the one across.</summary>
    public IEnumerable<Face> Sides => PairsOn is { } axis ? Faces.Append(new(axis, Upper: true)) : Faces;

    /// <summary>A condition at the first moment of time.</summary>
    public static LossTerm Initial(int timeAxis, Expr residual, double scale, string name = "initial") =>
        new(name, TermRole.Initial, PointSets.Initial, [new(timeAxis, Upper: false)], residual, scale);
}

/// <summary>The names of point sets, which are also random streams.</summary>
public static class PointSets
{
    /// <summary>The whole box.</summary>
    public const string Interior = "interior";

    /// <summary>Where something was measured.</summary>
    public const string Data = "data";

    /// <summary>Sides of the box.</summary>
    public const string Boundary = "boundary";

    /// <summary>The side at the first moment of time.</summary>
    public const string Initial = "initial";
}

/// <summary>The true solution at a point in problem units: one value per output.</summary>
public delegate void ExactSolution(ReadOnlySpan<double> point, Span<double> values);

/// <summary>
/// A boundary-value problem as data: a box, the outputs of the network, loss terms with their residuals, and the solution that the
/// test grid compares with. The test grid is a tensor grid with its edges; collocation points are never taken from it.
/// </summary>
/// <param name="Axes">The coordinates in order.</param>
/// <param name="Outputs">Names of the unknown functions.</param>
/// <param name="Terms">The loss terms; consecutive terms of the same point set and sides share their points, pairs only with pairs.</param>
/// <param name="Exact">The solution.</param>
public sealed record Problem(ImmutableArray<Axis> Axes, ImmutableArray<string> Outputs, ImmutableArray<LossTerm> Terms, ExactSolution Exact)
{
    /// <summary>The coordinate that is time, if one is.</summary>
    public int? TimeAxis { get; init; }

    /// <summary>A form for each output that keeps conditions exactly, as the literature has it; empty where none is declared.</summary>
    public ImmutableArray<Ansatz> Ansatz { get; init; } = [];

    /// <summary>Whether the residuals are those of N in <see cref="Ansatz"/>, not of the solution itself.</summary>
    public bool IsInAnsatz { get; init; }

    /// <summary>Discs cut out of the box.</summary>
    public ImmutableArray<Hole> Holes { get; init; } = [];

    /// <summary>Trainable coefficients of the residuals in the order of their slots; none in a forward problem.</summary>
    public ImmutableArray<Coefficient> Unknowns { get; init; } = [];

    /// <summary>Number of trainable coefficients in the residuals.</summary>
    public int Coefficients => Unknowns.Length;

    /// <summary>Whether <see cref="Exact"/> is the solution; where it is not known its values are not a number, and no error is either.</summary>
    public bool HasSolution { get; init; } = true;

    /// <summary>The solution as expressions, where it has a closed form of elementary functions.</summary>
    public ClosedForm? Solution { get; init; }

    /// <summary>The solution on a grid, where it has none; its nodes are the test grid.</summary>
    public GridSolution? Reference { get; init; }

    /// <summary>Measures the solution's own relative error where neither of these does; null where nothing is known of it.</summary>
    public Func<Problem, double>? MeasureFloor { get; init; }

    /// <summary>What the floor may be.</summary>
    public double FloorLimit { get; init; } = 1e-14;

    /// <summary>Outputs that the equations fix but for a constant: errors are measured without the mean (over space, at each time).</summary>
    public ImmutableArray<int> FreeOfMean { get; init; } = [];

    /// <summary>Constant states that the equations keep, one value for each output: networks like to settle on them.</summary>
    public ImmutableArray<ImmutableArray<double>> Equilibria { get; init; } = [];

    /// <summary>Points per axis of the test grid, edges included.</summary>
    public int TestPointsPerAxis { get; init; } = 101;

    /// <summary>The outputs that the error is measured on; by default all.</summary>
    public ImmutableArray<int> MeasuredOutputs { get; init; } = [.. Enumerable.Range(0, Outputs.Length)];

    /// <summary>A problem whose solution is an expression for each output.</summary>
    public static Problem WithSolution(ImmutableArray<Axis> axes, ImmutableArray<string> outputs, ImmutableArray<LossTerm> terms, params ImmutableArray<Expr> solution)
    {
        var closed = new ClosedForm(solution);
        return new(axes, outputs, terms, closed.At) { Solution = closed };
    }

    /// <summary>
    /// The relative error of the solution itself on the test grid, below which no error of a network can be told: against values with
    /// 31 digits for closed forms, by self-convergence for computed references. Computes a reference that is not cached.
    /// </summary>
    public double? Floor() => Reference?.Grid.Floor ?? MeasureFloor?.Invoke(this) ?? Solution?.Floor(TestGrid(), Dimension, FloorStride);

    /// <summary>Number of coordinates.</summary>
    public int Dimension => Axes.Length;

    /// <summary>Every how many points of the test grid a floor is measured; prime, so all rows and columns have their share.</summary>
    internal const int FloorStride = 97;

    /// <summary>The point sets that the terms use, each once, in the order of the terms.</summary>
    public IEnumerable<string> UsedPointSets => Terms.Select(term => term.PointSet).Distinct();

    /// <summary>The problem as samplers see it: without the terms that have points of their own.</summary>
    public Problem WithoutData() => this with { Terms = [.. Terms.Where(term => term.MeasuredAt.IsEmpty)] };

    /// <summary>The sides that a point set covers, each once, in the order of the terms; empty for the whole box.</summary>
    public ImmutableArray<Face> FacesOf(string pointSet) => [.. Terms.Where(term => term.PointSet == pointSet).SelectMany(term => term.Faces).Distinct()];

    /// <summary>The residuals of terms that share their points, compiled for an engine.</summary>
    public ResidualProgram Compile(ImmutableArray<LossTerm> terms) =>
        ResidualProgram.Compile(Dimension, Outputs.Length, Coefficients, [.. terms.Select(term => term.Residual)], terms.IsEmpty ? null : AcrossOf(terms[0]));

    /// <summary>Expressions at the points of a term, compiled for an engine; null for points of no term in particular.</summary>
    public ResidualProgram Compile(ImmutableArray<Expr> parts, LossTerm? term) =>
        ResidualProgram.Compile(Dimension, Outputs.Length, Coefficients, parts, term is null ? null : AcrossOf(term));

    /// <summary>Where the second points of a term lie that compares two sides; null for other terms.</summary>
    public Across? AcrossOf(LossTerm term) => term.PairsOn is { } axis ? new(axis, Axes[axis].Upper) : null;

    /// <summary>Points per axis of the test grid.</summary>
    public ImmutableArray<int> TestGridShape => Reference?.Shape ?? [.. Axes.Select(_ => TestPointsPerAxis)];

    /// <summary>The test grid without the points inside holes, row-major points × dimension, the last coordinate running fastest.</summary>
    public double[] TestGrid()
    {
        if (Reference is not null)
        {
            return Reference.Points();
        }

        var count = Enumerable.Repeat(TestPointsPerAxis, Dimension).Aggregate(1, (product, n) => checked(product * n));
        var points = new double[checked(count * Dimension)];
        for (var i = 0; i < count; i++)
        {
            var rest = i;
            for (var d = Dimension - 1; d >= 0; d--)
            {
                var step = rest % TestPointsPerAxis;
                rest /= TestPointsPerAxis;
                points[(i * Dimension) + d] = Axes[d].Lower + (Axes[d].Extent * step / (TestPointsPerAxis - 1));
            }
        }

        return Holes.IsEmpty ? points : [.. points.Chunk(Dimension).Where(point => !Holes.Any(hole => hole.Contains(point))).SelectMany(point => point)];
    }
}

/// <summary>A problem of the catalogue.</summary>
/// <param name="Method">Name, parameters and source.</param>
/// <param name="Create">Makes the problem of a level.</param>
/// <param name="Variants">Other published forms beside the default one, each a parameter and its word; <c>verify</c> checks them all.</param>
public sealed record ProblemEntry(MethodEntry Method, Func<Level, Problem> Create, params ImmutableArray<(string Parameter, SpecValue Value)> Variants);

/// <summary>A coefficient that an inverse problem trains together with the network.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Start">The value that θ begins with.</param>
/// <param name="Truth">The value that the data were made with, in the same parametrisation as θ; null where nobody knows.</param>
/// <param name="ToValue">From θ to the coefficient; null where θ is the coefficient.</param>
public sealed record Coefficient(string Name, double Start, double? Truth = null, Func<double, double>? ToValue = null)
{
    /// <summary>The coefficient that a θ stands for.</summary>
    public double ValueOf(double theta) => ToValue?.Invoke(theta) ?? theta;
}
