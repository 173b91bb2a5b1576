using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// MultiAdam (Yao, Su, Hao, Liu, Su, Zhu, arXiv 2306.02816, algorithm 1): each of N groups of losses has Adam's moments of its own, m_n and
/// s_n of the gradient g_n of the group's sum, and the direction is the mean of their steps, (1/N) Σ m̂_n / (√ŝ_n + ε). What a group is
/// multiplied by cancels parameter by parameter, so no weights of terms are needed, and those of this balancer stay 1.
/// </summary>
/// <remarks>
/// It is an optimizer in itself: the outer one must be <c>sgd</c>, whose learning rate is MultiAdam's. Groups are those of the authors'
/// program and of PINNacle: the residuals of the equations, and everything else. Moments are doubles also under float32. Their options
/// AMSGrad, decay of weights and a second momentum over the groups' sum are off there and left out here.
/// </remarks>
internal sealed class MultiAdam : IBalancer, IGradientCombiner
{
    private static readonly Parameter<Division> Groups = MethodParameters.Choice(
        "groups",
        "what has moments of its own: roles (residuals of the equations and all conditions: two groups, as in the authors' code), or terms",
        Division.Roles, Division.Terms);
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.99, 0, 0.999999, "decay of the groups' first moments (authors' code: 0.99)");
    private static readonly Parameter<double> Beta2 = MethodParameters.Number(
        "beta2", 0.99, 0, 0.9999999, "decay of the groups' second moments (authors' code: 0.99)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Positive(
        "epsilon", 1e-8, "added to the bias-corrected root (authors' code: 1e-8)");

    private readonly double[] _ones;
    private readonly int[] _groupOf;
    private readonly AdamMoments[] _moments;
    [Scratch] private readonly double[] _sums;
    private readonly double[] _result;
    private readonly EventCounts _events;

    private MultiAdam(BalancerContext context, Level level)
    {
        var (terms, parameters) = (context.Terms.Length, context.ParameterCount);
        var roles = new TermGroups(context);
        var divided = Groups.Of(level) == Division.Roles && roles is { Residuals: > 0, Conditions: > 0 };
        _groupOf = [.. Enumerable.Range(0, terms).Select(k => Groups.Of(level) == Division.Terms ? k : divided && !roles.IsResidual(k) ? 1 : 0)];
        var groups = _groupOf.Max() + 1;
        _ones = [.. Enumerable.Repeat(1.0, terms)];
        _moments = [.. Enumerable.Range(0, groups).Select(_ => new AdamMoments(parameters, Beta1.Of(level), Beta2.Of(level), Epsilon.Of(level)))];
        _sums = new double[groups * parameters];
        _result = new double[parameters];
        _events = context.Events;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "multiadam",
            "the mean of Adam's steps for residuals and conditions apart, each with moments of its own",
            "Yao, Su, Hao, Liu, Su, Zhu, ICML 2023, arXiv 2306.02816",
            [Groups, Beta1, Beta2, Epsilon]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new MultiAdam(context, level))
    {
        WhyNotApplicable = (cell, _) => cell.Optimizer.Kind == "sgd" ? null : "multiadam scales its direction itself; use it with the optimizer sgd",
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _ones;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        var length = observation.ParameterCount;
        Array.Clear(_sums);
        for (var k = 0; k < _groupOf.Length; k++)
        {
            var sum = SumOf(_groupOf[k], length);
            TensorPrimitives.Add(sum, observation.Gradient(k), sum);
        }

        // One group alone would leave its moments a step ahead of the others'.
        for (var n = 0; n < _moments.Length; n++)
        {
            if (!Observed.GradientIsFinite(TensorPrimitives.SumOfSquares<double>(SumOf(n, length)), _events))
            {
                return 1;
            }
        }

        Array.Clear(_result);
        for (var n = 0; n < _moments.Length; n++)
        {
            _moments[n].Step(_result, SumOf(n, length), -1.0 / _moments.Length);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void Combine(in StepObservation observation, Span<double> gradient) => _result.CopyTo(gradient);

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        foreach (var moments in _moments)
        {
            moments.State(archive);
        }

        archive.Vector("multiadam.result", _result);
    }

    private Span<double> SumOf(int group, int length) => _sums.AsSpan(group * length, length);

    private enum Division
    {
        Roles,
        Terms,
    }
}
