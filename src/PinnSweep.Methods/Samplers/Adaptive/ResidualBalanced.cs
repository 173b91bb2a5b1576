using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Weights and sampling together, both from the derivative q of a convex potential of the residual, q = Φ′(|r|/max |r|): each round draws
/// all interior points without replacement from many uniform candidates with density q, and between rounds every step moves each point's
/// weight towards its q relative to the largest, λ ← γ λ + (1 − γ) q/max q, from 1 at the draw. The weights multiply those of the balancer.
/// The paper uses one or the other: weights under Adam, the density under quasi-Newton methods. With <c>weights: false</c> or no rounds
/// within the budget one of them remains.
/// </summary>
internal sealed class ResidualBalanced : RoundSampler, ISampler
{
    private static readonly Parameter<Form> Potential = MethodParameters.Choice(
        "potential",
        "q of ρ = |r|/max |r|: quadratic ρ; exponential e^ρ; logarithmic ln(1 + ρ); cosh sinh ρ; superexponential ρ exp(ρ²)",
        Form.Quadratic, Form.Exponential, Form.Logarithmic, Form.Cosh, Form.Superexponential);
    private static readonly Parameter<double> Gamma = MethodParameters.Fraction(
        "gamma", 0.9, "memory of the weights (0.9 best on Burgers)");
    private static readonly Parameter<bool> Weights = MethodParameters.Flag("weights", standard: true, "weigh the points between rounds");

    private readonly Form _potential;
    private readonly double _gamma;
    private readonly bool _weighs;
    private double[] _weights = [];

    private ResidualBalanced(Level level, Problem problem, long seed)
        : base(level, problem, seed, PointPlaces.Interior.Of(level))
    {
        (_potential, _gamma, _weighs) = (Potential.Of(level), Gamma.Of(level), Weights.Of(level));
        Restart();
    }

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = EntryOf(
        "residual-balanced",
        "draws interior points by a potential of the residual and weighs them by it, with memory",
        "after Toscano, Chen, Oommen, Karniadakis 2025, arXiv:2509.14198",
        ResamplingRounds.Parameters(every: 100, candidates: 10_000),
        [Potential, Gamma, Weights],
        (level, problem, seed) => new ResidualBalanced(level, problem, seed),
        ResidualDistribution.WhyNot);

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _points.Moves(term) ? _weights : [];

    /// <inheritdoc/>
    public void Observe(ITermResiduals residuals)
    {
        if (_weights.Length == 0)
        {
            return;
        }

        var q = Derivative(_points.Magnitudes(residuals));
        var largest = q.Max();
        for (var i = 0; i < q.Length; i++)
        {
            _weights[i] = (_gamma * _weights[i]) + ((1 - _gamma) * (largest > 0 ? q[i] / largest : 1));
        }
    }

    /// <inheritdoc/>
    private protected override void Choose(double[] candidates, double[] magnitudes)
    {
        _points.Current = _points.Pick(candidates, WeightedChoice.WithoutReplacement(Derivative(magnitudes), _points.Count, _points.Choice(_round)));
        Restart();
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("round", ref _round);
        archive.Vector("weights", ref _weights);
        _points.State(archive);
    }

    private void Restart()
    {
        _weights = _weighs ? new double[_points.Count] : [];
        Array.Fill(_weights, 1);
    }

    private double[] Derivative(ReadOnlySpan<double> magnitudes)
    {
        var largest = 0.0;
        foreach (var magnitude in magnitudes)
        {
            largest = Math.Max(largest, magnitude);
        }

        var q = new double[magnitudes.Length];
        for (var i = 0; i < q.Length; i++)
        {
            var rho = largest > 0 ? magnitudes[i] / largest : 1;
            q[i] = _potential switch
            {
                Form.Quadratic => rho,
                Form.Exponential => Math.Exp(rho),
                Form.Logarithmic => Math.Log(1 + rho),
                Form.Cosh => Math.Sinh(rho),
                _ => rho * Math.Exp(rho * rho),
            };
        }

        return q;
    }

    private enum Form
    {
        Quadratic,
        Exponential,
        Logarithmic,
        Cosh,
        Superexponential,
    }
}
