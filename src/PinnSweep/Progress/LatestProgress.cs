using PinnSweep.Cluster.Local;

namespace PinnSweep.Progress;

/// <summary>Keeps the first and the newest word on a study; whoever draws looks here when it is time to draw.</summary>
internal sealed class LatestProgress : IProgress<StudyProgress>
{
    private volatile StudyProgress? _first;
    private volatile StudyProgress? _now;

    /// <summary>What was there when this run began; null before the first report.</summary>
    public StudyProgress? First => _first;

    /// <summary>The newest.</summary>
    public StudyProgress? Now => _now;

    public void Report(StudyProgress value)
    {
        _first ??= value;
        _now = value;
    }
}
