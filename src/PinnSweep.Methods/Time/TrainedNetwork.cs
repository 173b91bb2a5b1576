using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Time;

/// <summary>The network that a stage left, θ as it is: a known function for whatever comes after it.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly Problem _problem;
    private readonly IJetEngine _engine;
    private readonly List<ILossPass> _passes = [];

    /// <summary>Takes over an engine, which nobody moves any more.</summary>
    /// <param name="problem">The problem of the stage.</param>
    /// <param name="engine">Has the θ that the stage ended with.</param>
    public TrainedNetwork(Problem problem, IJetEngine engine) => (_problem, _engine) = (problem, engine);

    /// <summary>What an expression of the outputs and coordinates is on this network, in the precision of its engine.</summary>
    public Expr.KnownFunction ValueOf(string name, Expr expression)
    {
        var pass = _engine.CreatePass(_problem.Compile([new(name, TermRole.Initial, PointSets.Initial, [], expression, 1)]));
        _passes.Add(pass);
        return new(name, At) { Together = AtAll };

        double At(ReadOnlySpan<double> point)
        {
            Span<double> value = stackalloc double[1];
            AtAll(point, value);
            return value[0];
        }

        void AtAll(ReadOnlySpan<double> points, Span<double> values)
        {
            Span<double> losses = stackalloc double[2];
            pass.SetPoints(points);
            pass.Run([], losses[..1], losses[1..], values, []);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pass in _passes)
        {
            pass.Dispose();
        }

        _engine.Dispose();
    }
}
