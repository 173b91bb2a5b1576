using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Places;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Formulation;

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

    /// <summary>The domain in the plane of two coordinates where it is neither a box nor a box with discs cut out; else null.</summary>
    public PlaneDomain? Plane { get; init; }

    /// <summary>The ball that the first coordinates lie in; null for other domains.</summary>
    public Ball? Ball { get; init; }

    /// <summary>The parts of the domain that outputs live in; empty where all live everywhere, null for one that does.</summary>
    public ImmutableArray<Limits?> OutputParts { get; init; } = [];

    /// <summary>Whether the domain is all of its box.</summary>
    public bool IsWholeBox => Holes.IsEmpty && Plane is null && Ball is null;

    /// <summary>Trainable coefficients of the residuals in the order of their slots; none in a forward problem.</summary>
    public ImmutableArray<Coefficient> Unknowns { get; init; } = [];

    /// <summary>Number of trainable coefficients in the residuals.</summary>
    public int Coefficients => Unknowns.Length;

    /// <summary>
    /// Whether <see cref="Exact"/> is the solution; where it is not known its values are not a number, and no error is either.
    /// </summary>
    public bool HasSolution { get; init; } = true;

    /// <summary>The solution as expressions, where it has a closed form of elementary functions.</summary>
    public ClosedForm? Solution { get; init; }

    /// <summary>The solution on a grid, where it has none; its nodes are the test grid.</summary>
    public GridSolution? Reference { get; init; }

    /// <summary>Measures the solution's own relative error where neither of these does; null where nothing is known of it.</summary>
    public Func<Problem, double>? MeasureFloor { get; init; }

    /// <summary>
    /// Says what <see cref="Exact"/> is, with all that it depends on, where its values on the test grid take long to compute: they and the floor
    /// are then kept among the computed references. Null elsewhere.
    /// </summary>
    public string? KeptAs { get; init; }

    /// <summary>How the solution was got, in words for people; null says nothing beyond <see cref="SolutionKind"/>.</summary>
    public string? SolvedBy { get; init; }

    /// <summary>How the solution was got, in words for people.</summary>
    public string SolutionKind => SolvedBy ?? (!HasSolution ? "none" : Solution is not null ? "closed form" : Reference is not null || KeptAs is not null ? "computed" : "given");

    /// <summary>A solver without networks, which can be asked for less than all digits; null where none is known.</summary>
    public ClassicalSolver? Solver { get; init; }

    /// <summary>
    /// Why no error on this problem means anything, where what was published as its solution does not solve it or where it has none; null for
    /// any other problem. Its check has to fail (<c>verify</c>), and no table calls anything on it best.
    /// </summary>
    public string? Void { get; init; }

    /// <summary>What the floor may be.</summary>
    public double FloorLimit { get; init; } = 1e-14;

    /// <summary>
    /// Outputs that the equations fix but for a constant: errors are measured without the mean (over space, at each time).
    /// </summary>
    public ImmutableArray<int> FreeOfMean { get; init; } = [];

    /// <summary>Constant states that the equations keep, one value for each output: networks like to settle on them.</summary>
    public ImmutableArray<ImmutableArray<double>> Equilibria { get; init; } = [];

    /// <summary>Points per axis of the test grid, edges included.</summary>
    public int TestPointsPerAxis { get; init; } = 101;

    /// <summary>
    /// Row-major points that <see cref="Exact"/> is known at and errors are measured at; empty where it is known on a grid.
    /// </summary>
    public ImmutableArray<double> TestPoints { get; init; } = [];

    /// <summary>
    /// So many points of a fixed sequence in the domain in place of a tensor grid, which in five dimensions has too many; 0 for the grid.
    /// </summary>
    public int ScatteredTestPoints { get; init; }

    /// <summary>Whether the test points are all those of a tensor grid of <see cref="TestGridShape"/> that lie in the domain.</summary>
    public bool HasTestGrid => Units?.Physical.HasTestGrid ?? (TestPoints.IsEmpty && ScatteredTestPoints == 0);

    /// <summary>The units that everything here is in; null where they are those of the problem as it is stated.</summary>
    public ProblemUnits? Units { get; init; }

    /// <summary>The problem as it is stated: what people are told is in its units.</summary>
    public Problem Physical => Units?.Physical ?? this;

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
    public double? Floor() => Units is { } units
        ? units.Physical.Floor()
        : Reference?.Grid.Floor ?? (KeptAs is null ? MeasureFloor?.Invoke(this) : Kept().Floor) ?? Solution?.Floor(TestGrid(), Dimension, FloorStride);

    /// <summary>The solution on the test grid, entry i·outputs + o.</summary>
    public double[] ExactOnTestGrid() => KeptAs is null || Units is not null ? ExactAt(TestGrid()) : [.. Kept().Values];

    /// <summary>Whether the solution on the test grid is at hand without a computation that takes long.</summary>
    public bool IsSolutionAtHand => HasSolution && (Reference?.IsKept ?? (KeptAs is null || ReferenceCache.Default.Has(KeptIdentity)));

    /// <summary>Number of coordinates.</summary>
    public int Dimension => Axes.Length;

    /// <summary>Every how many points of the test grid a floor is measured; prime, so all rows and columns have their share.</summary>
    internal const int FloorStride = 97;

    /// <summary>The point sets that the terms use, each once, in the order of the terms.</summary>
    public IEnumerable<string> UsedPointSets => Terms.Select(term => term.PointSet).Distinct();

    /// <summary>The problem as samplers see it: without the terms that have points of their own.</summary>
    public Problem WithoutData() => this with { Terms = [.. Terms.Where(term => term.MeasuredAt.IsEmpty)] };

    /// <summary>The problem without what methods added to its loss.</summary>
    public Problem WithoutAdded() => Terms.Any(term => term.IsAdded) ? this with { Terms = [.. Terms.Where(term => !term.IsAdded)] } : this;

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
    public ImmutableArray<int> TestGridShape => Units is { } units ? units.Physical.TestGridShape : Reference?.Shape ?? [.. Axes.Select(_ => TestPointsPerAxis)];

    /// <summary>Whether a point of the box lies in the domain, its boundary included.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        foreach (var hole in Holes)
        {
            if (hole.Contains(point))
            {
                return false;
            }
        }

        return (Plane is null || Plane.Contains(point)) && (Ball is null || Ball.Contains(point));
    }

    /// <summary>Whether an output lives at a point.</summary>
    public bool Has(int output, ReadOnlySpan<double> point) => OutputParts.IsEmpty || OutputParts[output] is not { } part || part.Contains(point);

    /// <summary>The test grid without the points outside of the domain, row-major points × dimension, the last coordinate running fastest.</summary>
    public double[] TestGrid()
    {
        if (Units is not null)
        {
            // The same points, whatever rounding says of those on the edge of a hole.
            var grid = Units.Physical.TestGrid();
            Units.ToOwn(grid, grid);
            return grid;
        }

        if (!TestPoints.IsEmpty)
        {
            return [.. TestPoints];
        }

        if (Reference is not null)
        {
            return Reference.Points();
        }

        if (ScatteredTestPoints > 0)
        {
            return ScatteredPoints.In(this, ScatteredTestPoints);
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

        return IsWholeBox ? points : [.. points.Chunk(Dimension).Where(point => Contains(point)).SelectMany(point => point)];
    }

    private double[] ExactAt(double[] grid)
    {
        var values = new double[grid.Length / Dimension * Outputs.Length];
        for (var i = 0; i < grid.Length / Dimension; i++)
        {
            Exact(grid.AsSpan(i * Dimension, Dimension), values.AsSpan(i * Outputs.Length, Outputs.Length));
        }

        return values;
    }

    private string KeptIdentity => $"{KeptAs} on {string.Join(" x ", Axes.Select(axis => string.Create(CultureInfo.InvariantCulture, $"[{axis.Lower:R}, {axis.Upper:R}]")))} by {TestPointsPerAxis}";

    private ReferenceGrid Kept() => ReferenceCache.Default.Get(
        KeptIdentity,
        () => new(
            [.. Axes.Select(axis => ReferenceGrid.Spaced(axis.Lower, axis.Upper, TestPointsPerAxis - 1))],
            Outputs.Length,
            [.. ExactAt(TestGrid())],
            ImmutableSortedDictionary<string, double>.Empty.Add(ReferenceGrid.FloorName, MeasureFloor!(this))));
}
