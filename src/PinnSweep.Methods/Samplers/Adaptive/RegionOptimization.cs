using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// RoPINN (Wu, Luo, Ma, Wang, Long, arXiv 2405.14369, algorithm 1): the loss over points becomes one over a region behind each of them,
/// by drawing x + s·U([0, 1]ᵈ) anew in every step; s = min(region / σ, largest), σ the mean over parameters of the standard deviation of
/// the last gradients over their mean magnitude (+ 1e-6), so that regions shrink where gradients scatter. σ is 1 before the second.
/// </summary>
/// <remarks>
/// As the authors' programs do it: one s for all coordinates in the problem's own units, the shift upwards only, points of conditions
/// stay, the gradient is that of the whole loss (here the direction that the balancer made), and clipping and 1e-6 are theirs. Two
/// deviations: where x + s U leaves the box it is mirrored at the side, and in front of a hole or a boundary that is not straight it
/// stays; and where they draw in each of the up to 25 evaluations of a step of L-BFGS, which takes the mean of their gradients, points
/// stay for <c>every</c> steps, whose mean gradient is one of the last. L-BFGS so needs an <c>every</c> above 1; 20 of its
/// iterations are a step of theirs.
/// </remarks>
internal sealed class RegionOptimization : ISampler
{
    private static readonly Parameter<PointDesign> Design = MethodParameters.Choice(
        "design", "how points are laid out before they move, and those of conditions, which stay", Enum.GetValues<PointDesign>());
    private static readonly Parameter<double> First = MethodParameters.Positive(
        "region", 1e-4, "length of the region, in the problem's units, at σ = 1 (authors' code: 1e-4)");
    private static readonly Parameter<double> Largest = MethodParameters.Positive(
        "largest", 0.01, "largest length of the region, in the problem's units (authors' code: 0.01)");
    private static readonly Parameter<int> Past = MethodParameters.Count(
        "past", 10, "gradients that σ is taken of (authors' code: 10; 5 for convection)", 1, 1000);
    private static readonly Parameter<int> Samples = MethodParameters.Count(
        "samples", 1, "points drawn in each region; the loss has so many times as many (authors' code: 1)", 1, 100);
    private static readonly Parameter<int> Every = MethodParameters.Count("every", 1, "steps between draws");

    private readonly Problem _problem;
    private readonly PointPlaces _places;
    [Scratch] private readonly RandomStream _stream;
    private readonly double[] _centres = [];
    private readonly (double First, double Largest, int Every) _region;
    private readonly GradientSpread _spread;
    private double[] _points = [];
    private int _draw = -1;

    private RegionOptimization(Level level, Problem problem, long seed)
    {
        _problem = problem;
        _places = new(problem, level, seed, PointDesigns.Of(Design.Of(level)));
        _places.Fill(0);
        _stream = new(seed, $"{PointSets.Interior}/region");
        _region = (First.Of(level), Largest.Of(level), Every.Of(level));
        _spread = new(Past.Of(level));
        if (Enumerable.Range(0, problem.Terms.Length).FirstOrDefault(k => !IsFixed(k), -1) is >= 0 and var term)
        {
            _centres = [.. Enumerable.Repeat(_places.Points[term], Samples.Of(level)).SelectMany(points => points)];
            _points = [.. _centres];
        }
    }

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = new(
        new(
            Factor.Sampler,
            "ropinn",
            "moves interior points at random within a region behind each, every step; its size follows the scatter of gradients",
            "Wu, Luo, Ma, Wang, Long, NeurIPS 2024, arXiv:2405.14369",
            [.. PointPlaces.Parameters, Design, First, Largest, Past, Samples, Every]),
        (level, problem, seed) => new RegionOptimization(level, problem, seed),
        PointPlaces.WhyNot,
        _ => true)
    {
        RedrawsEveryStep = level => Every.Of(level) == 1,
    };

    /// <inheritdoc/>
    public bool IsFixed(int term) => _problem.Terms[term].PointSet != PointSets.Interior;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => IsFixed(term) ? _places.Points[term] : _points;

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe)
    {
        if (step / _region.Every == _draw || _centres.Length == 0)
        {
            return false;
        }

        _draw = step / _region.Every;
        _spread.EndPeriod();
        var length = Math.Min(_region.First / _spread.Value, _region.Largest);
        _stream.Enter(_draw);
        _stream.FillUniform(_points);
        var dimension = _problem.Dimension;
        for (var i = 0; i < _points.Length; i += dimension)
        {
            Place(_centres.AsSpan(i, dimension), length, _points.AsSpan(i, dimension));
        }

        return true;
    }

    /// <inheritdoc/>
    public void ObserveDirection(ReadOnlySpan<double> direction) => _spread.Add(direction);

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("draw", ref _draw);
        archive.Vector("interior", ref _points);
        _spread.State(archive);
    }

    private void Place(ReadOnlySpan<double> centre, double length, Span<double> point)
    {
        for (var d = 0; d < point.Length; d++)
        {
            var axis = _problem.Axes[d];
            var moved = centre[d] + (length * point[d]);
            point[d] = Math.Clamp(moved > axis.Upper ? (2 * axis.Upper) - moved : moved, axis.Lower, axis.Upper);
        }

        var isOutside = _problem.Plane is { } plane && !plane.Contains(point);
        foreach (var hole in _problem.Holes)
        {
            isOutside |= hole.Contains(point);
        }

        if (isOutside)
        {
            centre.CopyTo(point);
        }
    }
}
