using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>
/// Points by a design, drawn once or again every n steps. Draw d is a pure function of (seed, point set, side, d): the state is the
/// number of the draw.
/// </summary>
internal sealed class DesignSampler : ISampler
{
    private static readonly Parameter<int?> Every = MethodParameters.OptionalCount(
        "resample_every", "steps between draws; null keeps the first points");

    private readonly int? _every;
    private readonly PointPlaces _places;
    private int _draw;

    private DesignSampler(Level level, Problem problem, long seed, IPointDesign design)
    {
        _every = Every.Of(level);
        _places = new(problem, level, seed, design);
        _places.Fill(0);
    }

    /// <summary>Makes the catalog's entry of a design.</summary>
    /// <param name="kind">Its name.</param>
    /// <param name="summary">One line.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="design">Makes it from a level.</param>
    /// <param name="own">Its own parameters.</param>
    /// <param name="redraws">Whether it can be drawn anew during the training.</param>
    /// <param name="whyNot">Why a level cannot fill the domain of a problem.</param>
    public static SamplerEntry Entry(
        string kind,
        string summary,
        string source,
        Func<Level, IPointDesign> design,
        ImmutableArray<Parameter> own = default,
        bool redraws = true,
        Func<Level, Problem, string?>? whyNot = null) => new(
        new(
            Factor.Sampler,
            kind,
            summary,
            source,
            [
                .. PointPlaces.Parameters,
                .. redraws ? [Every] : ImmutableArray<Parameter>.Empty,
                .. own.IsDefault ? [] : own,
            ]),
        (level, problem, seed) => new DesignSampler(level, problem, seed, design(level)),
        (level, problem) => PointPlaces.WhyNot(level, problem) ?? whyNot?.Invoke(level, problem),
        level => Every.Of(level) is not null)
    {
        RedrawsEveryStep = level => Every.Of(level) == 1,
    };

    /// <inheritdoc/>
    public bool IsFixed(int term) => _every is null;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => _places.Points[term];

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe)
    {
        var draw = _every is { } every ? step / every : 0;
        if (draw == _draw)
        {
            return false;
        }

        _draw = draw;
        _places.Fill(draw);
        return true;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("draw", ref _draw);
        if (archive.IsLoading)
        {
            _places.Fill(_draw);
        }
    }
}
