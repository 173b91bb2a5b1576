using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// What runs the passes of many trials at once. A batch runs only while every lane waits, so nothing here is called by two threads at the
/// same time, but for <see cref="CreateEngine"/> and the engines themselves outside a batch: each by the thread of its own lane.
/// </summary>
public interface IPackBackend : IDisposable
{
    /// <summary>What it runs on, for logs.</summary>
    string Name { get; }

    /// <summary>The engine of one lane: what holds its network, θ and points. Its passes are run by <see cref="Run"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic of its passes.</param>
    /// <param name="coefficients">Number of trainable coefficients behind the network's parameters.</param>
    /// <param name="note">Takes what a person should know.</param>
    IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note);

    /// <summary>
    /// Runs requests of one kind whose networks and programs have the same form. What fails for one of them alone is told to it by
    /// <see cref="LaneRequest.Fail"/>; what is thrown fails all of them. Sums have a fixed order within a lane and none across lanes, so that
    /// no lane's digits depend on which others there are.
    /// </summary>
    void Run(IReadOnlyList<LaneRequest> group);
}
