using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// Runs the passes of many trials as one sequence of TorchSharp operations, with the lanes as their first dimension: for every network that
/// the Torch engine knows, on any device. Jacobians and tapes, which are rare, run lane after lane.
/// </summary>
/// <remarks>
/// A lane's digits do not depend on who shares its operations as far as libtorch's kernels compute every entry of a batch alike. They are not
/// those of the engine of a trial alone, whose products and sums are other kernels: the name says that lanes were batched.
/// </remarks>
internal sealed class TorchBackend : IPackBackend
{
    private readonly Lock _lock = new();
    private readonly string _device;
    private readonly BatchShape _shape;

    /// <summary>A backend on a device.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    public TorchBackend(string device)
        : this(device, BatchShape.Usual)
    {
        // What is left to say is the shape.
    }

    /// <summary>The same with batches of another shape, for tests.</summary>
    internal TorchBackend(string device, BatchShape shape) => (_device, _shape) = (device, shape);

    /// <inheritdoc/>
    public string Name => $"{JetEngines.Torch}/{_device}, in lanes";

    /// <inheritdoc/>
    public IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note) =>
        new BatchEngine(this, new TorchJetEngine(network, coefficients, precision, _device), coefficients);

    /// <inheritdoc/>
    public void Run(IReadOnlyList<LaneRequest> group)
    {
        lock (_lock)
        {
            if (group[0].Work is LaneWork.Forward or LaneWork.Run or LaneWork.RunCombined)
            {
                foreach (var batch in Batch.Divide(group, _shape))
                {
                    batch.Run(_shape);
                }
            }
            else
            {
                LoopBackend.RunEach(group);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Engines and passes give their memory back themselves.
    }
}
