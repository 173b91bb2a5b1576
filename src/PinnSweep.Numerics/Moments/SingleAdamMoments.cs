using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Numerics.Moments;

/// <summary>
/// The step of <see cref="AdamMoments"/> in single precision, as PyTorch's float32 takes it: moments, gradient and θ are floats, the
/// corrections of bias are computed in double and rounded once. A checkpoint holds the floats as doubles, which are the same numbers.
/// </summary>
internal sealed class SingleAdamMoments(int length, double beta1, double beta2, double epsilon) : IAdamMoments
{
    private readonly float[] _first = new float[length];
    private readonly float[] _second = new float[length];
    private readonly (float B1, float C1, float B2, float C2, float Epsilon) _factors = ((float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)epsilon);
    private long _steps;

    public void Step(Span<double> x, ReadOnlySpan<double> gradient, double learningRate)
    {
        _steps++;
        var corrected = AdamMoments.Corrected(learningRate, beta1, beta2, _steps);
        var (rate, root) = ((float)corrected.Rate, (float)corrected.Root);
        var i = Vector512.IsHardwareAccelerated || Vector256.IsHardwareAccelerated ? StepVectors(x, gradient, rate, root) : 0;
        var (b1, c1, b2, c2, epsilon) = _factors;
        for (; i < x.Length; i++)
        {
            var g = (float)gradient[i];
            var m = _first[i] = MathF.FusedMultiplyAdd(b1, _first[i], c1 * g);
            var v = _second[i] = MathF.FusedMultiplyAdd(b2, _second[i], c2 * (g * g));
            x[i] = (float)x[i] - (rate * m / MathF.FusedMultiplyAdd(MathF.Sqrt(v), root, epsilon));
        }
    }

    public void State(StateArchive archive)
    {
        archive.Count("adam.steps", ref _steps);
        archive.Singles("adam.first", _first);
        archive.Singles("adam.second", _second);
    }

    /// <summary>Sixteen entries at a time; θ and the gradient are narrowed on the way in and θ widened on the way out.</summary>
    private int StepVectors(Span<double> x, ReadOnlySpan<double> gradient, float rate, float root)
    {
        var (b1, c1, b2, c2) = (Vector512.Create(_factors.B1), Vector512.Create(_factors.C1), Vector512.Create(_factors.B2), Vector512.Create(_factors.C2));
        var (rates, roots, epsilons) = (Vector512.Create(rate), Vector512.Create(root), Vector512.Create(_factors.Epsilon));
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var pg = ref MemoryMarshal.GetReference(gradient);
        ref var pm = ref MemoryMarshal.GetArrayDataReference(_first);
        ref var pv = ref MemoryMarshal.GetArrayDataReference(_second);
        var n = Math.Min(Math.Min(x.Length, gradient.Length), _first.Length) & ~15;
        for (nuint i = 0; i < (nuint)n; i += 16)
        {
            var g = Vector512.Narrow(Vector512.LoadUnsafe(ref pg, i), Vector512.LoadUnsafe(ref pg, i + 8));
            var m = Vector512.FusedMultiplyAdd(b1, Vector512.LoadUnsafe(ref pm, i), c1 * g);
            var v = Vector512.FusedMultiplyAdd(b2, Vector512.LoadUnsafe(ref pv, i), c2 * (g * g));
            m.StoreUnsafe(ref pm, i);
            v.StoreUnsafe(ref pv, i);
            var moved = Vector512.Narrow(Vector512.LoadUnsafe(ref px, i), Vector512.LoadUnsafe(ref px, i + 8))
                - (rates * m / Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), roots, epsilons));
            var (lower, upper) = Vector512.Widen(moved);
            lower.StoreUnsafe(ref px, i);
            upper.StoreUnsafe(ref px, i + 8);
        }

        return n;
    }
}
