using PinnSweep.Api;

namespace PinnSweep.Progress;

/// <summary>What is known of a study that is watched.</summary>
/// <param name="Study">Where it stands.</param>
/// <param name="Elapsed">Time since the watching began.</param>
internal sealed record WatchState(StudyModel Study, TimeSpan Elapsed)
{
    /// <summary>Its cells; null before they were told.</summary>
    public CellsModel? Cells { get; init; }

    /// <summary>What happened in the last minutes, the oldest first.</summary>
    public IReadOnlyList<EventModel> Events { get; init; } = [];

    /// <summary>The workers; null before they were told.</summary>
    public WorkersModel? Workers { get; init; }

    /// <summary>Time until every trial is settled; null while unknown.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Why nothing new is heard; null while it is.</summary>
    public string? Trouble { get; init; }
}
