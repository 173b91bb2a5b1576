using System.Numerics.Tensors;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// Inner products of K gradients. Every direction of gradient surgery lies in the span of the g_k, so these K × K numbers are all that a
/// method needs to find its coefficients; the vectors themselves are touched once more, in the final sum.
/// </summary>
internal sealed class GradientGram(int count, EventCounts events)
{
    [Scratch] private readonly double[] _products = new double[count * count];
    [Scratch] private readonly double[] _norms = new double[count];

    public int Count => count;

    /// <summary>⟨g_i, g_j⟩.</summary>
    public double this[int i, int j] => _products[(i * count) + j];

    /// <summary>‖g_k‖.</summary>
    public double Norm(int term) => _norms[term];

    /// <summary>The angle's cosine between g_i and g_j; neither may be zero.</summary>
    public double Cosine(int i, int j) => i == j ? 1 : this[i, j] / _norms[i] / _norms[j];

    /// <summary>Whether g_k takes part: a gradient whose norm is zero, or so small that its square is lost, has no direction.</summary>
    public bool IsNonzero(int term) => this[term, term] > 0;

    /// <summary>Takes the products of K vectors of equal length. False, and counted, where one is not finite.</summary>
    public bool Take(ReadOnlySpan<double> vectors)
    {
        var length = vectors.Length / count;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = TensorPrimitives.Dot(vectors.Slice(i * length, length), vectors.Slice(j * length, length));
                if (!double.IsFinite(product))
                {
                    events.Count(BalancerEvents.NonFiniteGradient);
                    return false;
                }

                _products[(i * count) + j] = _products[(j * count) + i] = product;
            }

            _norms[i] = Math.Sqrt(this[i, i]);
        }

        for (var i = 0; i < count; i++)
        {
            if (!IsNonzero(i))
            {
                events.Count(BalancerEvents.ZeroGradient);
                break;
            }
        }

        return true;
    }
}
