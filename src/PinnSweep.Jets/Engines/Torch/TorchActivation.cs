using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets;

/// <summary>An activation and its derivatives σ⁽ᵏ⁾(z), k = 0 … order ≤ 4, as functions that autograd differentiates once more.</summary>
internal static class TorchActivation
{
    public static Tensor[] Derivatives(ActivationKind kind, Tensor z, int order) => [.. Series(kind, z, order).Take(order + 1)];

    /// <summary>sin z, cos z, −sin z, … or, begun a quarter later, cos z, −sin z, ….</summary>
    public static Tensor[] Wave(Tensor sin, Tensor cos, int order, bool quarter)
    {
        var (minusSin, minusCos) = (-sin, -cos);
        Tensor[] cycle = [sin, cos, minusSin, minusCos];
        return [.. Enumerable.Range(quarter ? 1 : 0, order + 1).Select(k => cycle[k % 4])];
    }

    private static IEnumerable<Tensor> Series(ActivationKind kind, Tensor z, int order) => kind switch
    {
        ActivationKind.Tanh => Tanh(z),
        ActivationKind.Sin => Wave(z.sin(), z.cos(), order, quarter: false),
        ActivationKind.Sigmoid => Sigmoid(z),
        ActivationKind.SiLU => SiLU(z),
        ActivationKind.Softplus => Sigmoid(z).Prepend(-nn.functional.logsigmoid(-z)),
        ActivationKind.GELU => GELU(z),
        ActivationKind.ReLU => ReLU(z),
        ActivationKind.ReLU3 => ReLU3(z),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown activation."),
    };

    // With a = tanh z: 1 − a², −2 a (1 − a²), (6a² − 2)(1 − a²), (16a − 24a³)(1 − a²).
    private static IEnumerable<Tensor> Tanh(Tensor z)
    {
        var a = z.tanh();
        yield return a;
        var square = a.square();
        var first = 1 - square;
        yield return first;
        yield return -2 * a * first;
        yield return ((6 * square) - 2) * first;
        yield return a * (16 - (24 * square)) * first;
    }

    // With p = 1/(1 + e⁻ᶻ) and q = p (1 − p): q, q (1 − 2p), q (1 − 6q), q (1 − 2p)(1 − 12q).
    private static IEnumerable<Tensor> Sigmoid(Tensor z)
    {
        var p = z.sigmoid();
        yield return p;
        var first = p * (1 - p);
        yield return first;
        var second = first * (1 - (2 * p));
        yield return second;
        yield return first * (1 - (6 * first));
        yield return second * (1 - (12 * first));
    }

    // (z p)⁽ᵏ⁾ = z p⁽ᵏ⁾ + k p⁽ᵏ⁻¹⁾.
    private static IEnumerable<Tensor> SiLU(Tensor z)
    {
        Tensor? previous = null;
        var k = 0;
        foreach (var p in Sigmoid(z))
        {
            yield return previous is null ? z * p : (z * p) + (k * previous);
            previous = p;
            k++;
        }
    }

    // With Φ and φ of the standard normal: Φ + zφ, (2 − z²)φ, (z³ − 4z)φ, (−z⁴ + 7z² − 4)φ.
    private static IEnumerable<Tensor> GELU(Tensor z)
    {
        var square = z.square();
        var cumulative = 0.5 * (1 + (z * Math.Sqrt(0.5)).erf());
        yield return z * cumulative;
        var density = (-0.5 * square).exp() * (1 / Math.Sqrt(2 * Math.PI));
        yield return cumulative + (z * density);
        yield return (2 - square) * density;
        yield return z * (square - 4) * density;
        yield return ((square * (7 - square)) - 4) * density;
    }

    private static IEnumerable<Tensor> ReLU(Tensor z)
    {
        yield return z.relu();
        yield return (z > 0).to(z.dtype);
        while (true)
        {
            yield return torch.zeros_like(z);
        }
    }

    private static IEnumerable<Tensor> ReLU3(Tensor z)
    {
        var positive = z.relu();
        yield return positive * positive.square();
        yield return 3 * positive.square();
        yield return 6 * positive;
        yield return 6 * (z > 0).to(z.dtype);
        yield return torch.zeros_like(z);
    }
}
