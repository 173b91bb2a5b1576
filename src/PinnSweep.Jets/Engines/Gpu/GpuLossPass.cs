using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>A pass on a device. Called directly, outside a pack, it is a group of one.</summary>
internal sealed class GpuLossPass<T, TReal>(GpuMember<T, TReal> member) : RequestPass, IGpuMember
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>What the form knows of it.</summary>
    public GpuMember<T, TReal> Member => member;

    /// <inheritdoc/>
    public override ResidualProgram Program => member.Program!;

    /// <inheritdoc/>
    public override int PointCount => member.Count;

    /// <inheritdoc/>
    public override void SetPoints(ReadOnlySpan<double> points) => member.SetPoints(points);

    /// <inheritdoc/>
    public void RunGroup(IReadOnlyList<LaneRequest> group) => member.RunGroup(group);

    /// <inheritdoc/>
    public override void Dispose() => member.Dispose();

    /// <inheritdoc/>
    protected override void Answer(LaneRequest request)
    {
        member.Engine.Backend.Run([request]);
        request.ThrowIfFailed();
    }
}
