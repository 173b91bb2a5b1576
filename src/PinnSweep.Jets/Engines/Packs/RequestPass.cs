using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>A pass whose calls become requests, which somebody else answers: a meeting of lanes, or a backend of groups.</summary>
internal abstract unsafe class RequestPass : ILossPass
{
    private readonly LaneRequest _request;

    /// <summary>A pass of a lane.</summary>
    protected RequestPass(LaneRequest request) => _request = request;

    /// <summary>A pass alone, outside a pack.</summary>
    protected RequestPass() => _request = new(0, "", this);

    /// <inheritdoc/>
    public abstract ResidualProgram Program { get; }

    /// <inheritdoc/>
    public abstract int PointCount { get; }

    /// <inheritdoc/>
    public abstract void SetPoints(ReadOnlySpan<double> points);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Returns when the request is answered, or throws what failed.</summary>
    protected abstract void Answer(LaneRequest request);

    /// <inheritdoc/>
    public void Forward(Span<double> losses, Span<double> residuals)
    {
        fixed (double* l = losses, r = residuals)
        {
            Answer(_request.Asks(LaneWork.Forward).With(0, l, losses.Length).With(1, r, residuals.Length));
        }
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients)
    {
        fixed (double* w = pointWeights, l = losses, v = weightedLosses, r = residuals, g = gradients)
        {
            Answer(_request.Asks(LaneWork.Run)
                .With(0, w, pointWeights.Length).With(1, l, losses.Length).With(2, v, weightedLosses.Length).With(3, r, residuals.Length).With(4, g, gradients.Length));
        }
    }

    /// <inheritdoc/>
    public void RunCombined(
        ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient)
    {
        fixed (double* w = pointWeights, t = termWeights, l = losses, v = weightedLosses, r = residuals, g = gradient)
        {
            Answer(_request.Asks(LaneWork.RunCombined)
                .With(0, w, pointWeights.Length).With(1, t, termWeights.Length).With(2, l, losses.Length)
                .With(3, v, weightedLosses.Length).With(4, r, residuals.Length).With(5, g, gradient.Length));
        }
    }

    /// <inheritdoc/>
    public virtual void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        fixed (double* r = residuals, j = rows)
        {
            Answer(_request.Asks(LaneWork.Jacobian, residual, first).With(0, r, residuals.Length).With(1, j, rows.Length));
        }
    }

    /// <inheritdoc/>
    public bool TrySquaredNorms(int residual, Span<double> squaredNorms)
    {
        fixed (double* s = squaredNorms)
        {
            Answer(_request.Asks(LaneWork.SquaredNorms, residual).With(0, s, squaredNorms.Length));
        }

        return _request.IsPossible;
    }
}
