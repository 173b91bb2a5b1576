namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>A pass or tape of a lane as its form sees it.</summary>
internal interface IGpuMember
{
    /// <summary>Runs requests whose passes or tapes have this one's form.</summary>
    void RunGroup(IReadOnlyList<Packs.LaneRequest> group);
}
