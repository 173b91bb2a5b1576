using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// The learning rate over the steps: base rate × linear warm-up × exponential decay or cosine × plateau factor. With t = 0 for the first
/// step: warm-up min(1, (t + 1)/w); decay rate^(t/every), the exponent rounded down where staircase; cosine from 1 to minimum/lr over its
/// steps, constant afterwards. Plateau is ReduceLROnPlateau of PyTorch: every so many steps the loss is compared with the best so far
/// (relative threshold 1e-4).
/// </summary>
internal sealed class LearningRateSchedule : IStateful
{
    private const double Threshold = 1e-4;

    private static readonly Parameter<double> DecayRate = MethodParameters.Number("rate", 0.9, 0, 1, "factor (arXiv 2001.04536: 0.9)");
    private static readonly Parameter<int> DecayEvery = MethodParameters.Count(
        "every", 1000, "steps for one factor (arXiv 2001.04536: 1000)");
    private static readonly Parameter<bool> Staircase = MethodParameters.Flag(
        "staircase", false, "whole factors only, as in step schedules");
    private static readonly Parameter<SpecValue.Map?> Decay = MethodParameters.OptionalGroup(
        "decay", "exponential decay of the learning rate", DecayRate, DecayEvery, Staircase);
    private static readonly Parameter<int> CosineSteps = MethodParameters.Count("steps", 20000, "steps until the minimum");
    private static readonly Parameter<double> Minimum = MethodParameters.Number(
        "minimum", 0, 0, double.MaxValue, "the learning rate at the end");
    private static readonly Parameter<SpecValue.Map?> Cosine = MethodParameters.OptionalGroup(
        "cosine", "cosine decay (Loshchilov and Hutter, arXiv 1608.03983, one period)", CosineSteps, Minimum);
    private static readonly Parameter<double> PlateauFactor = MethodParameters.Number(
        "factor", 0.1, 0, 1, "factor on each plateau (arXiv 2110.09813: 0.1)");
    private static readonly Parameter<int> Patience = MethodParameters.Count(
        "patience", 3, "looks without progress before the factor applies (arXiv 2110.09813: 3)", minimum: 0);
    private static readonly Parameter<int> PlateauEvery = MethodParameters.Count(
        "every", 1000, "steps between looks at the loss (arXiv 2110.09813: 1000)");
    private static readonly Parameter<SpecValue.Map?> Plateau = MethodParameters.OptionalGroup(
        "plateau", "a lower rate where the loss makes no progress", PlateauFactor, Patience, PlateauEvery);
    private static readonly Parameter<int> WarmUp = MethodParameters.Count("warm_up", 0, "steps of linear warm-up", minimum: 0);

    private readonly double _base;
    private readonly int _warmUp;
    private readonly SpecValue.Map? _decay;
    private readonly double _decayRate;
    private readonly double _decayEvery;
    private readonly bool _staircase;
    private readonly double _cosineSteps;
    private readonly double _cosineFloor;
    private readonly SpecValue.Map? _plateau;
    private readonly double _plateauFactor;
    private readonly int _patience;
    private readonly int _plateauEvery;
    private double _factor = 1;
    private double _best = double.PositiveInfinity;
    private int _bad;
    private long _step;

    public LearningRateSchedule(Level level)
    {
        _base = LearningRate.Of(level);
        _warmUp = WarmUp.Of(level);
        _decay = Decay.Of(level);
        var cosine = Cosine.Of(level);
        _plateau = Plateau.Of(level);
        if (_decay is not null && cosine is not null)
        {
            throw new UserMistakeException(
                $"optimizer '{level.Kind}': '{Decay.Name}' and '{Cosine.Name}' both set the learning rate; keep one of them");
        }

        if (_decay is not null)
        {
            _decayRate = DecayRate.Of(_decay);
            _decayEvery = DecayEvery.Of(_decay);
            _staircase = Staircase.Of(_decay);
        }

        if (cosine is not null)
        {
            _cosineSteps = CosineSteps.Of(cosine);
            _cosineFloor = Minimum.Of(cosine) / _base;
        }

        if (_plateau is not null)
        {
            _plateauFactor = PlateauFactor.Of(_plateau);
            _patience = Patience.Of(_plateau);
            _plateauEvery = PlateauEvery.Of(_plateau);
        }
    }

    /// <summary>The base rate; each optimizer says in the summary where its default comes from.</summary>
    public static Parameter<double> LearningRate { get; } = MethodParameters.Positive("lr", 1e-3, "learning rate");

    /// <summary>The other parameters that an optimizer with this schedule has.</summary>
    public static ImmutableArray<Parameter> Parameters { get; } = [Decay, Cosine, Plateau, WarmUp];

    /// <summary>The rate before warm-up, decay and plateaus.</summary>
    public double BaseRate => _base;

    /// <summary>The rate of the step that comes next.</summary>
    public double Rate
    {
        get
        {
            var rate = _base * _factor;
            if (_step + 1 < _warmUp)
            {
                rate *= (_step + 1.0) / _warmUp;
            }

            if (_decay is not null)
            {
                var exponent = _step / _decayEvery;
                rate *= Math.Pow(_decayRate, _staircase ? Math.Floor(exponent) : exponent);
            }

            if (_cosineSteps > 0)
            {
                var phase = Math.Min(_step / _cosineSteps, 1) * Math.PI;
                rate *= _cosineFloor + ((1 - _cosineFloor) * 0.5 * (1 + Math.Cos(phase)));
            }

            return rate;
        }
    }

    /// <summary>A step was taken at this loss.</summary>
    public void Advance(double loss)
    {
        _step++;
        if (_plateau is null || _step % _plateauEvery != 0)
        {
            return;
        }

        if (loss < _best * (1 - Threshold))
        {
            _best = loss;
            _bad = 0;
        }
        else if (++_bad > _patience)
        {
            _factor *= _plateauFactor;
            _bad = 0;
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("schedule.step", ref _step);
        archive.Number("schedule.factor", ref _factor);
        archive.Number("schedule.best", ref _best);
        archive.Count("schedule.bad", ref _bad);
    }
}
