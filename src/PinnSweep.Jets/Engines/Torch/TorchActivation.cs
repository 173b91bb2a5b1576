using PinnSweep.Jets.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>An activation and its derivatives σ⁽ᵏ⁾(z), k = 0 … order ≤ 4, as functions that autograd differentiates once more.</summary>
internal static class TorchActivation
{
    public static Tensor[] Derivatives(ActivationKind kind, Tensor z, int order) => [.. Series(kind, z, order).Take(order + 1)];

    /// <summary>sin z, cos z, −sin z, … or, begun a quarter later, cos z, −sin z, ….</summary>
    public static Tensor[] Wave(Tensor sin, Tensor cos, int order, bool quarter)
    {
        var (minusSin, minusCos) = (sin.neg(), cos.neg());
        Tensor[] cycle = [sin, cos, minusSin, minusCos];
        return [.. Enumerable.Range(quarter ? 1 : 0, order + 1).Select(k => cycle[k % 4])];
    }

    private static IEnumerable<Tensor> Series(ActivationKind kind, Tensor z, int order) => kind switch
    {
        ActivationKind.Tanh => Tanh(z),
        ActivationKind.Sin => Wave(z.sin(), z.cos(), order, quarter: false),
        ActivationKind.Sigmoid => Sigmoid(z),
        ActivationKind.SiLU => SiLU(z),
        ActivationKind.Softplus => Sigmoid(z).Prepend(nn.functional.logsigmoid(z.neg()).neg()),
        ActivationKind.GELU => GELU(z),
        ActivationKind.ReLU => Rectified(z, 1),
        ActivationKind.ReLU2 => Rectified(z, 2),
        ActivationKind.ReLU3 => Rectified(z, 3),
        ActivationKind.ReLU4 => Rectified(z, 4),
        ActivationKind.ReLU5 => Rectified(z, 5),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown activation."),
    };

    // With a = tanh z: 1 − a², −2 a (1 − a²), (6a² − 2)(1 − a²), (16a − 24a³)(1 − a²).
    private static IEnumerable<Tensor> Tanh(Tensor z)
    {
        var a = z.tanh();
        yield return a;
        var square = a.Squared();
        var first = square.From(1);
        yield return first;
        yield return a.Times(first).Times(-2);
        yield return square.Times(6).Plus(-2).Times(first);
        yield return a.Times(square.Times(24).From(16)).Times(first);
    }

    // With p = 1/(1 + e⁻ᶻ) and q = p (1 − p): q, q (1 − 2p), q (1 − 6q), q (1 − 2p)(1 − 12q).
    private static IEnumerable<Tensor> Sigmoid(Tensor z)
    {
        var p = z.sigmoid();
        yield return p;
        var first = p.Times(p.From(1));
        yield return first;
        var second = first.Times(p.Times(2).From(1));
        yield return second;
        yield return first.Times(first.Times(6).From(1));
        yield return second.Times(first.Times(12).From(1));
    }

    // (z p)⁽ᵏ⁾ = z p⁽ᵏ⁾ + k p⁽ᵏ⁻¹⁾.
    private static IEnumerable<Tensor> SiLU(Tensor z)
    {
        Tensor? previous = null;
        var k = 0;
        foreach (var p in Sigmoid(z))
        {
            yield return previous is null ? z.Times(p) : z.Times(p).Plus(previous.Times(k));
            previous = p;
            k++;
        }
    }

    // With Φ and φ of the standard normal: Φ + zφ, (2 − z²)φ, (z³ − 4z)φ, (−z⁴ + 7z² − 4)φ.
    private static IEnumerable<Tensor> GELU(Tensor z)
    {
        var square = z.Squared();
        var cumulative = z.Times(Math.Sqrt(0.5)).erf().Plus(1).Times(0.5);
        yield return z.Times(cumulative);
        var density = square.Times(-0.5).exp().Times(1 / Math.Sqrt(2 * Math.PI));
        yield return cumulative.Plus(z.Times(density));
        yield return square.From(2).Times(density);
        yield return z.Times(square.Plus(-4)).Times(density);
        yield return square.Times(square.From(7)).Plus(-4).Times(density);
    }

    // k (k − 1) … (k − j + 1) max(0, z)ᵏ⁻ʲ.
    private static IEnumerable<Tensor> Rectified(Tensor z, int power)
    {
        var positive = z.relu();
        var factor = 1.0;
        for (var exponent = power; exponent > 0; exponent--)
        {
            var result = positive;
            for (var i = 1; i < exponent; i++)
            {
                result = result.Times(positive);
            }

            yield return factor == 1 ? result : result.Times(factor);
            factor *= exponent;
        }

        yield return z.Step().Times(factor);
        while (true)
        {
            yield return torch.zeros_like(z);
        }
    }
}
