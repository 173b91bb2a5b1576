namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// A flow from rest in equal steps: u_t by backward differences of order three, stress and pressure at the new time, u·∇u extrapolated from
/// three times before (SBDF3: Ascher, Ruuth, Wetton, SIAM J. Numer. Anal. 32, 1995); the first two steps are of order one and two. Velocity
/// and pressure are solved together, so no splitting adds to the error.
/// </summary>
internal sealed class UnsteadyFlow
{
    private static readonly double[] Leading = [1, 3.0 / 2, 11.0 / 6];
    private static readonly double[][] Before = [[1], [2, -1.0 / 2], [3, -3.0 / 2, 1.0 / 3]];
    private static readonly double[][] Extrapolated = [[1], [2, -1], [3, -3, 1]];
    private readonly FlowElements _elements;
    private readonly double _step;
    private readonly Func<double, double, double, (double X, double Y)> _force;
    private readonly List<(double X, double Y)[]> _velocities = [];
    private readonly List<(double X, double Y)[]> _convections = [];
    private FrontalSystem? _system;
    private int _steps;

    /// <summary>Prepares a flow.</summary>
    /// <param name="elements">The flow on elements.</param>
    /// <param name="step">Δt.</param>
    /// <param name="force">f at a point and a time.</param>
    public UnsteadyFlow(FlowElements elements, double step, Func<double, double, double, (double X, double Y)> force) =>
        (_elements, _step, _force, State) = (elements, step, force, new double[elements.Size]);

    /// <summary>The flow on elements.</summary>
    public FlowElements Elements => _elements;

    /// <summary>All unknowns at <see cref="Time"/>.</summary>
    public double[] State { get; }

    /// <summary>Of the last step.</summary>
    public double Time => _steps * _step;

    /// <summary>One step.</summary>
    public void Step()
    {
        Remember();
        var order = Math.Min(_steps, 2);
        if (_steps < 3)
        {
            _system = _elements.Factor(Leading[order] / _step, null);
        }

        _steps++;
        _elements.Give(State, Time);
        var (points, places) = (_elements.Basis.Weights.Length, _elements.Basis.Places);
        var defect = _elements.Defect(State, (e, q, at) =>
        {
            var place = _elements.Mesh.Elements[e].Of(places[q]);
            var (forceX, forceY) = _force(place.X, place.Y, Time);
            var (x, y) = ((Leading[order] / _step * at.U) - forceX, (Leading[order] / _step * at.V) - forceY);
            for (var k = 0; k <= order; k++)
            {
                var (velocity, convection) = (_velocities[k][(e * points) + q], _convections[k][(e * points) + q]);
                x += (Extrapolated[order][k] * convection.X) - (Before[order][k] / _step * velocity.X);
                y += (Extrapolated[order][k] * convection.Y) - (Before[order][k] / _step * velocity.Y);
            }

            return (x, y);
        });
        var change = _system!.Solve(defect);
        for (var i = 0; i < change.Length; i++)
        {
            State[i] += change[i];
        }

        if (!State.All(double.IsFinite))
        {
            throw new InvalidOperationException($"The flow does not stay finite in steps of {_step}.");
        }
    }

    private void Remember()
    {
        var points = _elements.Basis.Weights.Length;
        var isFull = _velocities.Count == 3;
        (double X, double Y)[] Another() => new (double X, double Y)[_elements.Mesh.Elements.Length * points];
        var (velocity, convection) = isFull ? (_velocities[^1], _convections[^1]) : (Another(), Another());
        if (isFull)
        {
            _velocities.RemoveAt(2);
            _convections.RemoveAt(2);
        }

        _velocities.Insert(0, velocity);
        _convections.Insert(0, convection);
        _elements.Defect(State, (e, q, at) =>
        {
            (velocity[(e * points) + q], convection[(e * points) + q]) = ((at.U, at.V), at.Convection);
            return default;
        });
    }
}
