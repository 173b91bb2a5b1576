namespace PinnSweep.Problems.References.Flow;

/// <summary>Newton's method for a steady flow, from that of a fluid without inertia.</summary>
internal static class SteadyFlow
{
    private const int MostSteps = 20;

    /// <summary>All unknowns of the flow.</summary>
    /// <param name="elements">The flow on elements.</param>
    /// <param name="force">The force f at a point; null for none.</param>
    public static double[] Solve(FlowElements elements, Func<double, double, (double X, double Y)>? force = null)
    {
        var state = new double[elements.Size];
        elements.Give(state, 0);
        var before = double.PositiveInfinity;
        for (var step = 0; step < MostSteps; step++)
        {
            var isFirst = step == 0;
            var defect = elements.Defect(state, (e, q, at) =>
            {
                var place = elements.Mesh.Elements[e].Of(elements.Basis.Places[q]);
                var ((convectionX, convectionY), (x, y)) = (isFirst ? default : at.Convection, force?.Invoke(place.X, place.Y) ?? default);
                return (convectionX - x, convectionY - y);
            });
            var change = elements.Factor(0, isFirst ? null : state).Solve(defect);
            for (var i = 0; i < state.Length; i++)
            {
                state[i] += change[i];
            }

            // Velocities are some 1. The method converges quadratically, so this step has left far less than the last one changed.
            var size = change.Max(Math.Abs);
            if (!isFirst && (size < 1e-9 || (size < 1e-6 && size > before / 10)))
            {
                return state;
            }

            before = size;
        }

        throw new InvalidOperationException($"Newton's method for the flow does not settle: it still changes by {before}.");
    }
}
