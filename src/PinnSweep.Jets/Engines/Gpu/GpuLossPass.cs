using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>A pass on a device. Called directly, outside a pack, it is a group of one.</summary>
internal sealed class GpuLossPass<T, TReal> : RequestPass, IGpuMember
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    public GpuLossPass(GpuMember<T, TReal> member) => Member = member;

    /// <summary>What the form knows of it.</summary>
    public GpuMember<T, TReal> Member { get; }

    /// <inheritdoc/>
    public override ResidualProgram Program => Member.Program!;

    /// <inheritdoc/>
    public override int PointCount => Member.Count;

    /// <inheritdoc/>
    public override void SetPoints(ReadOnlySpan<double> points) => Member.SetPoints(points);

    /// <inheritdoc/>
    public void RunGroup(IReadOnlyList<LaneRequest> group) => Member.RunGroup(group);

    /// <inheritdoc/>
    public override void Dispose() => Member.Dispose();

    /// <inheritdoc/>
    protected override void Answer(LaneRequest request)
    {
        Member.Engine.Backend.Run([request]);
        request.ThrowIfFailed();
    }
}
