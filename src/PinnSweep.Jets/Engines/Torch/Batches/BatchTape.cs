using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>A tape of a lane: that of the engine of a trial alone.</summary>
internal sealed class BatchTape : IJetTape
{
    private readonly BatchEngine _engine;
    private readonly IJetTape _alone;

    public BatchTape(BatchEngine engine, JetLayout layout)
    {
        _engine = engine;
        _alone = engine.Alone.CreateTape(layout);
    }

    /// <inheritdoc/>
    public JetLayout Layout => _alone.Layout;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => _alone.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> jets)
    {
        _engine.Synchronize();
        _alone.Forward(jets);
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        _engine.Synchronize();
        _alone.Pullback(cotangents, gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => _alone.Dispose();
}
