using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Inverse-Dirichlet weights (Maddu, Sturm, Müller, Sbalzarini, arXiv 2107.00940, eq. 9): λ̂_k = std(∇L_ref) / std(∇L_k) over all weights
/// and biases, λ ← 0.5 λ + 0.5 λ̂ every 5 steps, before the step.
/// </summary>
/// <remarks><c>residual</c> (authors' code) takes the residual as reference and leaves its weight at 1; <c>largest</c> (paper) takes the
/// largest deviation of any term.</remarks>
internal sealed class InverseDirichlet : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<Against> Reference = MethodParameters.Choice(
        "reference", "residual (authors' code) or largest (paper)", Against.Residual, Against.Largest);
    private static readonly Parameter<int> Interval = MethodParameters.Interval(5, "authors' code: 5");
    private static readonly Parameter<double> KeepOld = MethodParameters.KeepOld(0.5, "arXiv 2107.00940: 0.5");

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly GradientSelection _selection;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _deviations;
    private readonly bool _residualReference;
    private readonly int _interval;
    private readonly double _keepOld;

    private InverseDirichlet(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        _selection = GradientSelection.Of(context, level);
        _events = context.Events;
        _deviations = new double[context.Terms.Length];
        _residualReference = Reference.Of(level) == Against.Residual;
        _interval = Interval.Of(level);
        _keepOld = KeepOld.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "inverse-dirichlet",
            "all terms are brought to gradients of equal standard deviation",
            "Maddu, Sturm, Müller, Sbalzarini, Mach. Learn.: Sci. Technol. 3 (2022) 015026, doi 10.1088/2632-2153/ac3712, arXiv 2107.00940",
            [
                Reference,
                Interval,
                KeepOld,
                GradientSelection.Parameter("authors' code: all", GradientBlocks.All, GradientBlocks.Weights),
            ]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new InverseDirichlet(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => step % _interval == 0;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (observation.Step % _interval != 0)
        {
            return 1;
        }

        var largest = 0.0;
        for (var k = 0; k < _deviations.Length; k++)
        {
            _deviations[k] = _selection.Deviation(observation.Gradient(k));
            largest = Math.Max(largest, _deviations[k]);
        }

        var reference = _residualReference ? _selection.Deviation(_groups.ResidualGradient(observation)) : largest;
        if (!Observed.GradientIsFinite(largest, _events) || !Observed.GradientIsFinite(reference, _events))
        {
            return 1;
        }

        for (var k = 0; k < _deviations.Length; k++)
        {
            if (!_residualReference || !_groups.IsResidual(k))
            {
                _weights.Average(k, reference / _deviations[k], _keepOld);
            }
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    private enum Against
    {
        Residual,
        Largest,
    }
}
