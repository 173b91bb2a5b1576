using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.Trivial;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// What a network says on the test grid of its problem, made into the solution: in its ansatz, with the pieces of finished windows, without
/// free means.
/// </summary>
internal sealed class GridField : IDisposable
{
    private readonly int _dimension;
    private readonly double[] _grid;
    private readonly double[] _values;
    private readonly AnsatzField? _ansatz;
    private readonly ProblemUnits? _units;
    private readonly SettledValues _settled;
    private readonly SpatialMeans _means;
    private readonly AbsentValues _absent;
    private IJetTape _tape;

    /// <summary>Prepares the grid.</summary>
    /// <param name="problem">The problem that the network solves.</param>
    /// <param name="grid">Its test grid, in its own units.</param>
    /// <param name="means">Those of the grid.</param>
    /// <param name="absent">What does not live there.</param>
    /// <param name="engine">Has the network.</param>
    public GridField(Problem problem, double[] grid, SpatialMeans means, AbsentValues absent, IJetEngine engine)
    {
        (_dimension, _grid, _means, _absent, _units) = (problem.Dimension, grid, means, absent, problem.Units);
        _values = new double[grid.Length / problem.Dimension * problem.Outputs.Length];
        _tape = Tape(engine);
        _settled = new(problem, grid);
        _ansatz = AnsatzField.Of(problem, grid);
    }

    /// <summary>The solution at the engine's θ in physical units, entry point · outputs + output; valid until the next call.</summary>
    public double[] Now()
    {
        Forward();
        _settled.Apply(_values);
        _means.RemoveFrom(_values);
        _absent.Clear(_values);
        return _values;
    }

    /// <summary>A window of time ends: up to its last moment the solution is what the engine's θ says now.</summary>
    public void Settle(double until)
    {
        Forward();
        _settled.Settle(_values, until);
    }

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        _tape.Dispose();
        _tape = Tape(engine);
    }

    public void Dispose() => _tape.Dispose();

    private IJetTape Tape(IJetEngine engine)
    {
        var tape = engine.CreateTape(JetLayout.ValuesOnly(_dimension));
        tape.SetPoints(_grid);
        return tape;
    }

    private void Forward()
    {
        _tape.Forward(_values);
        _ansatz?.Apply(_values);
        _units?.MakePhysical(_values);
    }
}
