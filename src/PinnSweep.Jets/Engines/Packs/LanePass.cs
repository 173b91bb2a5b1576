using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>A pass whose calls wait for the batch that answers them.</summary>
internal sealed class LanePass(LaneMeeting meeting, ILossPass inner, LaneRequest request) : RequestPass(request)
{
    /// <inheritdoc/>
    public override ResidualProgram Program => inner.Program;

    /// <inheritdoc/>
    public override int PointCount => inner.PointCount;

    /// <inheritdoc/>
    public override void SetPoints(ReadOnlySpan<double> points) => inner.SetPoints(points);

    /// <inheritdoc/>
    public override void Dispose() => inner.Dispose();

    /// <inheritdoc/>
    protected override void Answer(LaneRequest request) => meeting.Meet(request);
}
