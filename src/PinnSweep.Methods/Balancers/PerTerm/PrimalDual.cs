using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Primal–dual weight of the residual as a PI controller (Barreau and Shen, arXiv 2501.18582): with the residual loss L_r,
/// I ← I + interval · rate · (L_r − forget · I) every interval steps, and in every step w = k_p L_r + k_i I for the residual terms;
/// conditions and data keep 1.
/// </summary>
/// <remarks>
/// Pure dual ascent is k_p = 0, k_i = 1, forget = 0 from w = 0. The weight is proportional to the losses, so it depends on their common
/// factor. With <c>timing: code</c> the residual has no weight in step 0, and I grows after the steps interval, 2 interval, …, from the
/// loss that they leave: here in the step that follows, where that loss is evaluated. <c>earlier</c>, all there was at first, has it grow
/// in the steps 0, interval, …, from the loss that they begin with.
/// </remarks>
internal sealed class PrimalDual : IBalancer
{
    private static readonly Parameter<int> Interval = MethodParameters.Interval(10, "authors' code: 10");
    private static readonly Parameter<double> Rate = MethodParameters.Positive(
        "rate", 1e-3, "rate of dual ascent a step (authors' code: 1e-3)");
    private static readonly Parameter<double> Forget = MethodParameters.Number(
        "forget", 0, 0, double.MaxValue, "forgetting factor γ (0 is plain dual ascent)");
    private static readonly Parameter<double> Proportional = MethodParameters.Number(
        "kp", 0, 0, double.MaxValue, "proportional gain (authors' example: 0)");
    private static readonly Parameter<double> Integral = MethodParameters.Number(
        "ki", 1, 0, double.MaxValue, "integral gain (authors' example: 1)");
    private static readonly Parameter<double> FirstIntegral = MethodParameters.Number(
        "init", 0, 0, double.MaxValue, "initial integral (authors' code: 0)");
    private static readonly Parameter<Growth> Timing = MethodParameters.Choice(
        "timing",
        "when the integral grows: code (authors' code): after the steps interval, 2 interval, …, with no weight in step 0; earlier "
            + "(versions of this program): in the steps 0, interval, …",
        Growth.Code, Growth.Earlier) with { Absent = ChoiceWords.ToValue(Growth.Earlier) };

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly EventCounts _events;
    private readonly int _interval;
    private readonly double _rate;
    private readonly double _forget;
    private readonly double _proportional;
    private readonly double _integral;
    private readonly bool _isEarlier;
    private double _state;

    private PrimalDual(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        _events = context.Events;
        _interval = Interval.Of(level);
        _rate = Rate.Of(level);
        _forget = Forget.Of(level);
        _proportional = Proportional.Of(level);
        _integral = Integral.Of(level);
        _state = FirstIntegral.Of(level);
        _isEarlier = Timing.Of(level) == Growth.Earlier;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "primal-dual",
            "the residual's weight integrates its loss, with proportional part and forgetting",
            "Barreau, Shen, arXiv 2501.18582",
            [Interval, Rate, Forget, Proportional, Integral, FirstIntegral, Timing]),
        Granularity.Term,
        ScaleBehaviour.Dependent,
        (context, level) => new PrimalDual(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        var loss = _groups.Sum(observation.Losses, residuals: true);
        if (!double.IsFinite(loss))
        {
            _events.Count(BalancerEvents.NonFiniteLoss);
            return 1;
        }

        var step = observation.Step;
        if (_isEarlier ? step % _interval == 0 : step > 1 && (step - 1) % _interval == 0)
        {
            var state = Math.Max(0, _state + (_interval * _rate * (loss - (_forget * _state))));
            _state = double.IsFinite(state) ? state : _state;
        }

        for (var k = 0; k < _weights.Count; k++)
        {
            if (_groups.IsResidual(k))
            {
                _weights.Set(k, step == 0 && !_isEarlier ? 0 : (_proportional * loss) + (_integral * _state));
            }
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Number("primal-dual.integral", ref _state);
    }

    private enum Growth
    {
        Code,
        Earlier,
    }
}
