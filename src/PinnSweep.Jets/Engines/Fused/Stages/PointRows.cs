using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// The rows of a Jacobian that belong to one tile, of which only those of real points exist, and room for one number a point.
/// </summary>
internal readonly unsafe struct PointRows<TScalar>(double* rows, int length, int points, TScalar* scratch)
    where TScalar : unmanaged
{
    public TScalar* Scratch { get; } = scratch;

    /// <summary>Adds factor × the scratch to one column.</summary>
    public void AddScratch(int column, double factor)
    {
        for (var i = 0; i < points; i++)
        {
            rows[((nint)i * length) + column] += factor * Scalar.ToDouble(Scratch[i]);
        }
    }
}
