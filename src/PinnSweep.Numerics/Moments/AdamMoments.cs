using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Numerics.Moments;

/// <summary>Adam's moments and its step.</summary>
internal interface IAdamMoments : IStateful
{
    /// <summary>Moves x against the gradient; a negative rate ascends.</summary>
    void Step(Span<double> x, ReadOnlySpan<double> gradient, double learningRate);
}

/// <summary>
/// The moments of Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) and one fused step over them. ε is added to the bias-corrected
/// root, as PyTorch does: x ← x − lr · (m / (1 − β₁ᵗ)) / (√v / √(1 − β₂ᵗ) + ε). Serves the optimizer and the balancers that train their
/// weights.
/// </summary>
internal sealed class AdamMoments(int length, double beta1, double beta2, double epsilon) : IAdamMoments
{
    private double[] _first = new double[length];
    private double[] _second = new double[length];
    private long _steps;

    /// <summary>Moments in double or in single precision.</summary>
    public static IAdamMoments Of(bool single, int length, double beta1, double beta2, double epsilon) =>
        single ? new SingleAdamMoments(length, beta1, beta2, epsilon) : new AdamMoments(length, beta1, beta2, epsilon);

    /// <summary>The rate over the first moment's correction of bias, and what corrects the root of the second.</summary>
    public static (double Rate, double Root) Corrected(double learningRate, double beta1, double beta2, long steps) =>
        // Powers by Math.Pow, not by running products: a resumed run must meet the same bits.
        (learningRate / (1 - Math.Pow(beta1, steps)), 1 / Math.Sqrt(1 - Math.Pow(beta2, steps)));

    /// <summary>Moves x against the gradient; a negative rate ascends.</summary>
    public void Step(Span<double> x, ReadOnlySpan<double> gradient, double learningRate)
    {
        _steps++;
        var (rate, root) = Corrected(learningRate, beta1, beta2, _steps);
        var i = 0;
        if (Vector512.IsHardwareAccelerated || Vector256.IsHardwareAccelerated)
        {
            i = StepVectors(x, gradient, rate, root);
        }

        for (; i < x.Length; i++)
        {
            var g = gradient[i];
            var m = _first[i] = Math.FusedMultiplyAdd(beta1, _first[i], (1 - beta1) * g);
            var v = _second[i] = Math.FusedMultiplyAdd(beta2, _second[i], (1 - beta2) * (g * g));
            x[i] -= rate * m / Math.FusedMultiplyAdd(Math.Sqrt(v), root, epsilon);
        }
    }

    /// <summary>
    /// Entry i takes over the moments of old entry sources[i], or zeros where that is negative. The count of steps goes on.
    /// </summary>
    public void Rearrange(ReadOnlySpan<int> sources)
    {
        _first = Flat.Rearranged(_first, sources);
        _second = Flat.Rearranged(_second, sources);
    }

    public void State(StateArchive archive)
    {
        archive.Count("adam.steps", ref _steps);
        archive.Vector("adam.first", ref _first);
        archive.Vector("adam.second", ref _second);
    }

    /// <summary>One pass: both moments and θ are read and written once, with one root and one division an element.</summary>
    private int StepVectors(Span<double> x, ReadOnlySpan<double> gradient, double rate, double root)
    {
        var b1 = Vector512.Create(beta1);
        var c1 = Vector512.Create(1 - beta1);
        var b2 = Vector512.Create(beta2);
        var c2 = Vector512.Create(1 - beta2);
        var rates = Vector512.Create(rate);
        var roots = Vector512.Create(root);
        var epsilons = Vector512.Create(epsilon);
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var pg = ref MemoryMarshal.GetReference(gradient);
        ref var pm = ref MemoryMarshal.GetArrayDataReference(_first);
        ref var pv = ref MemoryMarshal.GetArrayDataReference(_second);
        var n = Math.Min(Math.Min(x.Length, gradient.Length), _first.Length) & ~7;
        for (nuint i = 0; i < (nuint)n; i += 8)
        {
            var g = Vector512.LoadUnsafe(ref pg, i);
            var m = Vector512.FusedMultiplyAdd(b1, Vector512.LoadUnsafe(ref pm, i), c1 * g);
            var v = Vector512.FusedMultiplyAdd(b2, Vector512.LoadUnsafe(ref pv, i), c2 * (g * g));
            m.StoreUnsafe(ref pm, i);
            v.StoreUnsafe(ref pv, i);
            var step = rates * m / Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), roots, epsilons);
            (Vector512.LoadUnsafe(ref px, i) - step).StoreUnsafe(ref px, i);
        }

        return n;
    }
}
