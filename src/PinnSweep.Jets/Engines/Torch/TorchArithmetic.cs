using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Arithmetic of tensors with numbers that live for ever. TorchSharp 0.107 makes a temporary <see cref="Scalar"/> for every number,
/// also for the hidden factor 1 of <c>a + b</c> and the exponent of <c>square</c>, and nothing keeps it alive during the native
/// call: a collection at that moment frees it, and libtorch reads freed memory. Seen as "Unknown scalar type" once in some 10⁵
/// operations on a loaded machine; a wrong number would not be seen at all. The operators are therefore banned.
/// </summary>
public static class TorchArithmetic
{
    private static readonly ConcurrentDictionary<double, Scalar> Numbers = new();

    private static readonly Scalar Zero = Number(0);

    private static readonly Scalar One = Number(1);

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + number.</summary>
    public static Tensor Plus(this Tensor a, double number) => a.add(Number(number), One);

    /// <summary>a − b.</summary>
    public static Tensor Minus(this Tensor a, Tensor b) => a.sub(b);

    /// <summary>number − a.</summary>
    public static Tensor From(this Tensor a, double number) => a.neg().add(Number(number), One);

    /// <summary>a b, entry by entry.</summary>
    public static Tensor Times(this Tensor a, Tensor b) => a.mul(b);

    /// <summary>a times a number.</summary>
    public static Tensor Times(this Tensor a, double number) => a.mul(Number(number));

    /// <summary>a².</summary>
    public static Tensor Squared(this Tensor a) => a.mul(a);

    /// <summary>a to a constant power.</summary>
    public static Tensor Power(this Tensor a, double exponent) => a.pow(Number(exponent));

    /// <summary>1 where a is positive, else 0.</summary>
    public static Tensor Step(this Tensor a) => a.gt(Zero).to(a.dtype);

    /// <summary>
    /// The only entry of a tensor; <c>item</c> and <c>ToDouble</c> go through a temporary too, and end the process when it is gone.
    /// </summary>
    public static double Entry(this Tensor a)
    {
        Span<double> entry = stackalloc double[1];
        TorchMemory.Read(a, entry);
        return entry[0];
    }

    // Never disposed: as many as there are constants in activations and residual programs.
    private static Scalar Number(double value) => Numbers.GetOrAdd(value, number => number.ToScalar());
}
