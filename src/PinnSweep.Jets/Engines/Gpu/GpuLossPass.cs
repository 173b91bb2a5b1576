using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>A pass on a device. Called directly, outside a pack, it is a group of one.</summary>
internal sealed unsafe class GpuLossPass<T, TReal> : ILossPass, IGpuMember
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    private readonly LaneRequest _alone;

    public GpuLossPass(GpuMember<T, TReal> member)
    {
        Member = member;
        _alone = new(0, "", this);
    }

    /// <summary>What the form knows of it.</summary>
    public GpuMember<T, TReal> Member { get; }

    /// <inheritdoc/>
    public ResidualProgram Program => Member.Program!;

    /// <inheritdoc/>
    public int PointCount => Member.Count;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => Member.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> losses, Span<double> residuals)
    {
        fixed (double* l = losses, r = residuals)
        {
            RunAlone(_alone.Asks(LaneWork.Forward).With(0, l, losses.Length).With(1, r, residuals.Length));
        }
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients)
    {
        fixed (double* w = pointWeights, l = losses, v = weightedLosses, r = residuals, g = gradients)
        {
            RunAlone(_alone.Asks(LaneWork.Run)
                .With(0, w, pointWeights.Length).With(1, l, losses.Length).With(2, v, weightedLosses.Length).With(3, r, residuals.Length).With(4, g, gradients.Length));
        }
    }

    /// <inheritdoc/>
    public void RunCombined(
        ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient)
    {
        fixed (double* w = pointWeights, t = termWeights, l = losses, v = weightedLosses, r = residuals, g = gradient)
        {
            RunAlone(_alone.Asks(LaneWork.RunCombined)
                .With(0, w, pointWeights.Length).With(1, t, termWeights.Length).With(2, l, losses.Length)
                .With(3, v, weightedLosses.Length).With(4, r, residuals.Length).With(5, g, gradient.Length));
        }
    }

    /// <inheritdoc/>
    public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        fixed (double* r = residuals, j = rows)
        {
            RunAlone(_alone.Asks(LaneWork.Jacobian, residual, first).With(0, r, residuals.Length).With(1, j, rows.Length));
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
