using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>A pass whose calls wait for the batch that answers them.</summary>
internal sealed unsafe class LanePass(LaneMeeting meeting, ILossPass inner, LaneRequest request) : ILossPass
{
    /// <inheritdoc/>
    public ResidualProgram Program => inner.Program;

    /// <inheritdoc/>
    public int PointCount => inner.PointCount;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => inner.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> losses, Span<double> residuals)
    {
        fixed (double* l = losses, r = residuals)
        {
            meeting.Meet(request.Asks(LaneWork.Forward).With(0, l, losses.Length).With(1, r, residuals.Length));
        }
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients)
    {
        fixed (double* w = pointWeights, l = losses, v = weightedLosses, r = residuals, g = gradients)
        {
            meeting.Meet(request.Asks(LaneWork.Run)
                .With(0, w, pointWeights.Length).With(1, l, losses.Length).With(2, v, weightedLosses.Length).With(3, r, residuals.Length).With(4, g, gradients.Length));
        }
    }

    /// <inheritdoc/>
    public void RunCombined(
        ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient)
    {
        fixed (double* w = pointWeights, t = termWeights, l = losses, v = weightedLosses, r = residuals, g = gradient)
        {
            meeting.Meet(request.Asks(LaneWork.RunCombined)
                .With(0, w, pointWeights.Length).With(1, t, termWeights.Length).With(2, l, losses.Length)
                .With(3, v, weightedLosses.Length).With(4, r, residuals.Length).With(5, g, gradient.Length));
        }
    }

    /// <inheritdoc/>
    public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        fixed (double* r = residuals, j = rows)
        {
            meeting.Meet(request.Asks(LaneWork.Jacobian, residual, first).With(0, r, residuals.Length).With(1, j, rows.Length));
        }
    }

    /// <inheritdoc/>
    public bool TrySquaredNorms(int residual, Span<double> squaredNorms)
    {
        fixed (double* s = squaredNorms)
        {
            meeting.Meet(request.Asks(LaneWork.SquaredNorms, residual).With(0, s, squaredNorms.Length));
        }

        return request.IsPossible;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
