using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// The slope recovery term of trained activation slopes, w · S with S = 1 / mean over layers of exp(mean of the layer's slopes a): it pulls
/// slopes up, so that activations do not go flat (Jagtap, Kawaguchi, Karniadakis 2020, arXiv:1909.12228, eqs. 2.12–2.13). With one slope
/// for the whole network, for which the source has no such term, it is w exp(−a).
/// </summary>
internal sealed class SlopeRecovery(ImmutableArray<(int Offset, int Length)> layers, double weight) : IParameterPenalty
{
    /// <inheritdoc/>
    public double Add(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var sum = 0.0;
        foreach (var (offset, length) in layers)
        {
            sum += Exponential(theta.Slice(offset, length));
        }

        var value = layers.Length / sum;
        foreach (var (offset, length) in gradient.IsEmpty ? [] : layers)
        {
            // ∂S/∂a = −S² exp(mean a) / (layers · slopes of the layer).
            var slope = -weight * value * value * Exponential(theta.Slice(offset, length)) / (layers.Length * (double)length);
            TensorPrimitives.Add(gradient.Slice(offset, length), slope, gradient.Slice(offset, length));
        }

        return weight * value;
    }

    private static double Exponential(ReadOnlySpan<double> slopes) => Math.Exp(TensorPrimitives.Sum(slopes) / slopes.Length);
}
