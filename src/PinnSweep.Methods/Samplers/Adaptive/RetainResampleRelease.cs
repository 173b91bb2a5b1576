using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Retain–resample–release: after every step the points whose fitness is above the mean stay, and uniform ones fill the set up again. The
/// fitness is |r| as the step has evaluated it, so nothing more is computed. Causal R3 multiplies it by a gate (1 − tanh α(t − γ))/2 on the
/// normalized time t, which opens as the gated loss falls, γ ← γ + η min(exp(−tol · mean((r gate)²)), clip); with <c>gate_loss</c> (the
/// paper's eq. 5) the gate also weighs the residuals of the loss, beside the balancer's weights.
/// </summary>
internal sealed class RetainResampleRelease : ISampler
{
    private static readonly Parameter<double> Alpha = MethodParameters.Positive("alpha", 5, "steepness of the gate");
    private static readonly Parameter<double> FirstGamma = MethodParameters.Number(
        "gamma", -0.5, -10, 10, "where the gate stands first, in units of the time interval");
    private static readonly Parameter<double> Eta = MethodParameters.Positive("eta", 1e-3, "step of the gate");
    private static readonly Parameter<double> Tol = MethodParameters.Positive(
        "tol", 20, "how small the gated loss must be for the gate to move");
    private static readonly Parameter<double> Clip = MethodParameters.Positive("clip", 0.1, "largest factor of the step");
    private static readonly Parameter<bool> GateLoss = MethodParameters.Flag(
        "gate_loss", standard: true, "multiply the squared residuals of the loss by the gate too");

    private readonly InteriorPoints _points;
    private readonly int _count;
    private readonly Gate? _gate;
    private double[] _fitness = [];
    private double[] _weights = [];

    private RetainResampleRelease(Level level, Problem problem, long seed)
    {
        _count = PointPlaces.Interior.Of(level);
        _points = new(level, problem, seed, _count);
        _gate = level.Kind == Causal.Method.Kind ? new(level, problem) : null;
        Weigh();
    }

    /// <summary>R3.</summary>
    public static SamplerEntry Entry { get; } = Make("r3", "keeps points with residuals above the mean and redraws the others, every step", [], (_, _) => null);

    /// <summary>Causal R3.</summary>
    public static SamplerEntry Causal { get; } = Make(
        "causal-r3",
        "r3 behind a gate that moves forward in time as the loss before it falls",
        [Alpha, FirstGamma, Eta, Tol, Clip, GateLoss],
        (_, problem) => problem.TimeAxis is null ? "the gate moves along time, and this problem has none" : null);

    /// <inheritdoc/>
    public bool IsFixed(int term) => !_points.Moves(term);

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => _points.Of(term);

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _points.Moves(term) ? _weights : [];

    /// <inheritdoc/>
    public void Observe(ITermResiduals residuals)
    {
        _fitness = _points.Magnitudes(residuals).ToArray();
        _gate?.Pass(_points, _fitness);
    }

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe)
    {
        if (_fitness.Length == 0)
        {
            return false;
        }

        var mean = _fitness.Average();
        var kept = Enumerable.Range(0, _count).Where(i => _fitness[i] > mean).ToArray();
        _points.Current = [.. _points.Pick(_points.Current, kept), .. _points.Uniform(step, _count - kept.Length)];
        _fitness = [];
        Weigh();
        return true;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("fitness", ref _fitness);
        archive.Vector("weights", ref _weights);
        var gamma = _gate?.Gamma ?? 0;
        archive.Number("gamma", ref gamma);
        _gate?.Gamma = gamma;
        _points.State(archive);
    }

    private static SamplerEntry Make(string kind, string summary, ImmutableArray<Parameter> own, Func<Level, Problem, string?> whyNot) => new(
        new(
            Factor.Sampler,
            kind,
            summary,
            "Daw, Bu, Wang, Perdikaris, Karpatne, ICML 2023, arXiv:2207.02338",
            [.. InteriorPoints.Parameters, .. own]),
        (level, problem, seed) => new RetainResampleRelease(level, problem, seed),
        (level, problem) => whyNot(level, problem) ?? PointPlaces.WhyNot(level, problem),
        _ => true)
    {
        RedrawsEveryStep = _ => true,
    };

    private void Weigh() => _weights = _gate?.Weights(_points) ?? [];

    /// <summary>The gate of causal R3.</summary>
    private sealed class Gate(Level level, Problem problem)
    {
        private readonly int _axis = problem.TimeAxis!.Value;
        private readonly double _alpha = Alpha.Of(level);

        public double Gamma { get; set; } = FirstGamma.Of(level);

        public double[] Weights(InteriorPoints points) => GateLoss.Of(level) ? [.. Enumerable.Range(0, points.Count).Select(i => At(points, i))] : [];

        /// <summary>Multiplies the fitness by the gate, then moves the gate.</summary>
        public void Pass(InteriorPoints points, double[] fitness)
        {
            var sum = 0.0;
            for (var i = 0; i < fitness.Length; i++)
            {
                fitness[i] *= At(points, i);
                sum += fitness[i] * fitness[i];
            }

            Gamma += Eta.Of(level) * Math.Min(Math.Exp(-Tol.Of(level) * sum / fitness.Length), Clip.Of(level));
        }

        private double At(InteriorPoints points, int i)
        {
            var time = problem.Axes[_axis];
            var t = (points.Current[(i * points.Dimension) + _axis] - time.Lower) / time.Extent;
            return (1 - Math.Tanh(_alpha * (t - Gamma))) / 2;
        }
    }
}
