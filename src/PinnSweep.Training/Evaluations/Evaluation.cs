using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Balancers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Checkpoints;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Steps;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// What a training is measured by, whatever its stages train on: the errors on the test grid, the other metrics, and the weights beside
/// them.
/// </summary>
internal sealed class Evaluation : IDisposable
{
    // In checkpoints: 0 and 1 say whether the network is flat, what is above names the trivial field.
    private const long FirstTrivial = 2;
    private readonly Problem _target;
    private readonly ResidualErrors _errors;
    private readonly List<CurvePoint> _curve = [];

    /// <summary>Prepares test grid and test points of a trial.</summary>
    /// <param name="trial">The parts of its first stage.</param>
    public Evaluation(TrialAssembly trial)
    {
        _target = trial.Target;
        Grid = new(trial.Target, trial.Engine, trial.Stated);
        _errors = new(trial.Target.WithoutAdded(), trial.Engine, trial.Stated);
    }

    /// <summary>The test grid.</summary>
    public TestGridError Grid { get; }

    /// <summary>The evaluations so far.</summary>
    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Whether the network was flat at the last evaluation.</summary>
    public bool IsFlat { get; private set; }

    /// <summary>The trivial field that the network had settled on at the last evaluation, or null.</summary>
    public string? Trivial { get; private set; }

    /// <summary>Adds a point to the curve.</summary>
    /// <returns>False where the network's values are not finite, which they may be at a finite θ.</returns>
    public bool TryAdd(TrainingStep stage, double[] theta, int step, double seconds)
    {
        stage.Trial.Engine.SetParameters(theta);
        stage.Forward();
        var error = Grid.Measure();
        var weights = Weights(stage.Trial.Balancer);
        var point = new CurvePoint(step, seconds, error.RelativeL2, error.MaxError, [.. stage.Losses], weights)
        {
            Metrics = Metrics(theta),
        };
        if (error.IsFinite)
        {
            (IsFlat, Trivial) = (error.IsFlat, error.Trivial);
        }

        // The curve keeps points with finite values only, unless there is none at all.
        if (error.IsFinite || _curve.Count == 0)
        {
            _curve.Add(point);
        }

        return error.IsFinite;
    }

    /// <summary>A window of time ends: up to its last moment the solution is what the engine's θ says now.</summary>
    public void Settle(double until)
    {
        Grid.Settle(until);
        _errors.Settle(until);
    }

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        Grid.Use(engine);
        _errors.Use(engine);
    }

    /// <summary>What the network has settled on.</summary>
    public void FieldState(StateArchive archive)
    {
        var flat = Trivial is { } field ? FirstTrivial + Grid.TrivialNames.IndexOf(field) : IsFlat ? 1L : 0L;
        archive.Count("flat", ref flat);
        if (archive.IsLoading)
        {
            IsFlat = flat == 1;
            Trivial = flat >= FirstTrivial ? Grid.TrivialNames[checked((int)(flat - FirstTrivial))] : null;
        }
    }

    /// <summary>The curve.</summary>
    public void CurveState(StateArchive archive) => Checkpoint.Curve(archive, _curve);

    /// <summary>Leaves out the points that a training with another cadence has no evaluation at.</summary>
    public void KeepEvery(int steps) => _curve.RemoveAll(point => point.Step % steps != 0);

    public void Dispose()
    {
        _errors.Dispose();
        Grid.Dispose();
    }

    /// <summary>The weight of each term, times the mean weight of its points.</summary>
    private static ImmutableArray<double> Weights(IBalancer balancer)
    {
        var weights = balancer.TermWeights.ToArray();
        for (var k = 0; k < weights.Length; k++)
        {
            var points = balancer.PointWeights(k);
            weights[k] *= points.IsEmpty ? 1 : TensorPrimitives.Sum(points) / points.Length;
        }

        return [.. weights];
    }

    private ImmutableSortedDictionary<string, double> Metrics(double[] theta)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        _errors.Measure(metrics, theta[^_target.Coefficients..]);
        Grid.MeasureOutputs(metrics);
        Grid.MeasureSpectrum(metrics);
        var unknowns = _target.Unknowns;
        for (var i = 0; i < unknowns.Length; i++)
        {
            var value = unknowns[i].ValueOf(theta[^(unknowns.Length - i)]);
            metrics.Add($"coefficient/{unknowns[i].Name}", value);
            if (unknowns[i].Truth is { } known)
            {
                var truth = unknowns[i].ValueOf(known);
                metrics.Add($"coefficient-error/{unknowns[i].Name}", Math.Abs(truth == 0 ? value : (value - truth) / truth));
            }
        }

        return metrics.ToImmutable();
    }
}
