using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// The units of a problem whose numbers would be far from one as it is stated. Networks, samplers and engines meet the problem in its own
/// units; people are told physical values.
/// </summary>
/// <param name="Physical">The problem as it is stated.</param>
/// <param name="Coordinates">One for each coordinate.</param>
/// <param name="Outputs">One for each output.</param>
/// <param name="Coefficients">One for each trainable coefficient, before its bounds.</param>
public sealed record ProblemUnits(Problem Physical, ImmutableArray<Unit> Coordinates, ImmutableArray<Unit> Outputs, ImmutableArray<Unit> Coefficients)
{
    /// <summary>Points in own units.</summary>
    /// <param name="points">Row-major n × dimension, physical.</param>
    /// <param name="own">Takes them; may be the same.</param>
    public void ToOwn(ReadOnlySpan<double> points, Span<double> own)
    {
        for (var i = 0; i < points.Length; i++)
        {
            own[i] = Coordinates[i % Coordinates.Length].ToOwn(points[i]);
        }
    }

    /// <summary>Points in physical units.</summary>
    /// <param name="points">Row-major n × dimension, in own units.</param>
    public double[] ToPhysical(ReadOnlySpan<double> points)
    {
        var physical = new double[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            physical[i] = Coordinates[i % Coordinates.Length].ToPhysical(points[i]);
        }

        return physical;
    }

    /// <summary>Values of all outputs, those of one point together, made physical in place.</summary>
    public void MakePhysical(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Outputs[i % Outputs.Length].ToPhysical(values[i]);
        }
    }
}
