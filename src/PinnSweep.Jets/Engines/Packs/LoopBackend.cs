using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// Lane after lane on the engines that trials alone have, with their digits: for machines without a GPU, and the measure of every other
/// backend.
/// </summary>
/// <param name="engine">A word of <see cref="JetEngines"/>.</param>
public sealed class LoopBackend(string engine) : IPackBackend
{
    /// <inheritdoc/>
    public string Name => engine;

    /// <inheritdoc/>
    public IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note) =>
        JetEngines.Create(engine, network, precision, coefficients, note);

    /// <inheritdoc/>
    public void Run(IReadOnlyList<LaneRequest> group) => RunEach(group);

    /// <summary>Runs requests one after another, as if each lane were alone.</summary>
    internal static void RunEach(IReadOnlyList<LaneRequest> group)
    {
        foreach (var request in group)
        {
            try
            {
                request.RunAlone();
            }
            catch (Exception failure)
            {
                request.Fail(failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Engines belong to their lanes.
    }
}
