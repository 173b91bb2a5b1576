using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>A tape on a device; its pullback computes the jets again.</summary>
internal sealed unsafe class GpuJetTape<T, TReal> : IJetTape, IGpuMember
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    private readonly LaneRequest _alone;

    public GpuJetTape(GpuMember<T, TReal> member)
    {
        Member = member;
        _alone = new(0, "", this);
    }

    /// <summary>What the form knows of it.</summary>
    public GpuMember<T, TReal> Member { get; }

    /// <inheritdoc/>
    public JetLayout Layout => Member.Layout;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => Member.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> jets)
    {
        fixed (double* j = jets)
        {
            RunAlone(_alone.Asks(LaneWork.TapeForward).With(0, j, jets.Length));
        }
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        fixed (double* c = cotangents, g = gradient)
        {
            RunAlone(_alone.Asks(LaneWork.TapePullback).With(0, c, cotangents.Length).With(1, g, gradient.Length));
        }
    }

    /// <inheritdoc/>
    public void RunGroup(IReadOnlyList<LaneRequest> group) => Member.RunGroup(group);

    /// <inheritdoc/>
    public void Dispose() => Member.Dispose();

    private void RunAlone(LaneRequest request)
    {
        Member.Engine.Backend.Run([request]);
        request.ThrowIfFailed();
    }
}
