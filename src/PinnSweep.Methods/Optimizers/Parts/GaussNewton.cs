using System.Numerics.Tensors;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>
/// The Gauss–Newton matrix JᵀJ of the weighted residuals ρ (loss = Σ ρ²) and Jᵀρ, half of the loss's gradient, block of rows by block.
/// </summary>
internal sealed class GaussNewton(int size)
{
    [Scratch] private double[] _residuals = [];
    [Scratch] private double[] _rows = [];

    /// <summary>JᵀJ.</summary>
    public NormalMatrix Matrix { get; } = new(size);

    /// <summary>Jᵀρ.</summary>
    [field: Scratch]
    public double[] HalfGradient { get; } = new double[size];

    /// <summary>The mean of the diagonal of JᵀJ.</summary>
    public double MeanDiagonal
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < size; i++)
            {
                sum += Matrix.Diagonal(i);
            }

            return sum / size;
        }
    }

    /// <summary>Builds both at θ.</summary>
    public void Build(IObjective objective, ReadOnlySpan<double> theta)
    {
        if (_rows.Length == 0)
        {
            _residuals = new double[ObjectiveRows.Most];
            _rows = new double[ObjectiveRows.Most * size];
        }

        Matrix.Clear();
        HalfGradient.AsSpan().Clear();
        var blocks = objective.RowBlocks;
        for (var block = 0; block < blocks; block++)
        {
            var count = objective.Rows(theta, block, _residuals, _rows);
            Matrix.Add(_rows, count);
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.MultiplyAdd(_rows.AsSpan(i * size, size), _residuals[i], HalfGradient, HalfGradient);
            }
        }
    }
}
