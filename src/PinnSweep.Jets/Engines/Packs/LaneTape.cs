using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>A tape whose calls wait for the batch that answers them.</summary>
internal sealed unsafe class LaneTape(LaneMeeting meeting, IJetTape inner, LaneRequest request) : IJetTape
{
    /// <inheritdoc/>
    public JetLayout Layout => inner.Layout;

    /// <inheritdoc/>
    public void SetPoints(ReadOnlySpan<double> points) => inner.SetPoints(points);

    /// <inheritdoc/>
    public void Forward(Span<double> jets)
    {
        fixed (double* j = jets)
        {
            meeting.Meet(request.Asks(LaneWork.TapeForward).With(0, j, jets.Length));
        }
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        fixed (double* c = cotangents, g = gradient)
        {
            meeting.Meet(request.Asks(LaneWork.TapePullback).With(0, c, cotangents.Length).With(1, g, gradient.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
