using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// hp-VPINN (Kharazmi, Zhang, Karniadakis, arXiv 2003.05385): the box is divided into equal elements, and instead of r² at points the loss
/// has the squares of the moments of the residual, R = (1/|E|) ∫_E r v, averaged over elements and test functions v, products of
/// P_{k+1} − P_{k−1} on the element, k = 1 … K, by Gauss' quadrature. Points are the nodes of the quadrature.
/// </summary>
/// <remarks>
/// <para>
/// That loss is (1/n) rᵀ A r. Weights s_i = (A r)_i / r_i of the points give (1/n) Σ s r² its value, and with s held its gradient, so
/// engines need nothing new; s follows from the residuals of each step, and may be negative.
/// </para>
/// <para>
/// This is their first form, in which no derivative is moved to v. Test functions vanish at the ends of elements, so the form with
/// one derivative moved has the same integrals, and another quadrature only. Deviations: moments are divided by the volume of the
/// element, so that their size does not follow from the number of elements, as it does there; conditions have points of their own as
/// everywhere. <c>interior</c> is divided: as many elements along every coordinate as it allows.
/// </para>
/// </remarks>
internal sealed class WeakForm : ISampler
{
    private const int LongestTable = 4_000_000;

    private static readonly Parameter<int> Nodes = MethodParameters.Count(
        "nodes", 10, "nodes of the quadrature along each coordinate of an element (PINNacle's code: 10)", 2, 64);
    private static readonly Parameter<int> Tests = MethodParameters.Count(
        "tests", 6, "K, test functions along each coordinate of an element, fewer than nodes (PINNacle's code: 6)", 1, 63);

    private readonly PointPlaces _outside;
    private readonly ImmutableArray<LossTerm> _terms;
    private readonly double[] _points;
    private readonly double[] _tests;
    private readonly int _nodesEach;
    private readonly double[][] _weights;

    private WeakForm(Level level, Problem problem, long seed)
    {
        _outside = new(problem, level, seed, PointDesigns.Of(PointDesigns.Outside.Of(level)), interior: false);
        _outside.Fill(0);
        _terms = problem.Terms;
        var elements = Elements(level, problem);
        _points = elements.Points(problem);
        _nodesEach = elements.NodesEach;
        _tests = elements.Tests(Tests.Of(level));
        _weights = [.. problem.Terms.Select(_ => Array.Empty<double>())];
    }

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = new(
        new(
            Factor.Sampler,
            "vpinn",
            "nodes of a quadrature, and instead of squared residuals the squared moments of them in the loss (weak form)",
            "Kharazmi, Zhang, Karniadakis, Comput. Methods Appl. Mech. Eng. 374, 2021, arXiv:2003.05385",
            [.. InteriorPoints.Parameters, Nodes, Tests]),
        (level, problem, seed) => new WeakForm(level, problem, seed),
        WhyNot,
        _ => false)
    {
        WeighsByResiduals = true,
    };

    /// <inheritdoc/>
    public bool NeedsResidualsFirst => true;

    /// <inheritdoc/>
    public bool IsFixed(int term) => true;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => IsTested(term) ? _points : _outside.Points[term];

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _weights[term];

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe) => false;

    /// <inheritdoc/>
    public void Observe(ITermResiduals residuals)
    {
        for (var term = 0; term < _terms.Length; term++)
        {
            if (IsTested(term))
            {
                Weigh(residuals.Of(term), ref _weights[term]);
            }
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        foreach (ref var weights in _weights.AsSpan())
        {
            archive.Vector("weights", ref weights);
        }
    }

    private static string? WhyNot(Level level, Problem problem)
    {
        var (nodes, tests, dimension) = (Nodes.Of(level), Tests.Of(level), problem.Dimension);
        return !problem.IsWholeBox ? "elements fill a box, and the domain of this problem is none"
            : tests >= nodes ? $"{tests} test functions cannot be told apart on {nodes} nodes; take fewer '{Tests.Name}' than '{Nodes.Name}'"
            : Math.Pow((double)nodes * tests, dimension) > LongestTable
                ? $"{nodes} nodes and {tests} test functions along each of {dimension} coordinates are too many; take fewer '{Nodes.Name}' and '{Tests.Name}'"
            : Elements(level, problem) is { Along: 0 } none
                ? $"an element has {none.NodesEach} nodes, more than the {PointPlaces.Interior.Of(level)} points of '{PointPlaces.Interior.Name}'"
            : PointPlaces.WhyNot(level, problem);
    }

    private static QuadratureElements Elements(Level level, Problem problem) =>
        QuadratureElements.AtMost(PointPlaces.Interior.Of(level), Nodes.Of(level), problem.Dimension);

    private bool IsTested(int term) => _terms[term].PointSet == PointSets.Interior;

    private void Weigh(ReadOnlySpan<double> residuals, ref double[] weights)
    {
        if (weights.Length != residuals.Length)
        {
            weights = new double[residuals.Length];
        }

        Array.Clear(weights);
        var tests = _tests.Length / _nodesEach;
        for (var first = 0; first < residuals.Length; first += _nodesEach)
        {
            var r = residuals.Slice(first, _nodesEach);
            var s = weights.AsSpan(first, _nodesEach);
            for (var k = 0; k < tests; k++)
            {
                // Of n points E elements have _nodesEach each: n / (E K) = _nodesEach / K.
                ReadOnlySpan<double> test = _tests.AsSpan(k * _nodesEach, _nodesEach);
                TensorPrimitives.MultiplyAdd(test, TensorPrimitives.Dot(test, r) * _nodesEach / tests, s, s);
            }

            for (var i = 0; i < s.Length; i++)
            {
                // A residual of 0 has no weight that gives it its part.
                s[i] = Math.Abs(r[i]) > 1e-30 * Math.Abs(s[i]) ? s[i] / r[i] : 0;
            }
        }
    }
}
