using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>A tape of a lane: that of the engine of a trial alone.</summary>
internal sealed class BatchTape(BatchEngine engine, IJetTape alone) : IJetTape
{
    /// <inheritdoc/>
    public JetLayout Layout => alone.Layout;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => alone.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> jets)
    {
        engine.Synchronize();
        alone.Forward(jets);
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        engine.Synchronize();
        alone.Pullback(cotangents, gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => alone.Dispose();
}
