using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>The engine of one lane: θ on the host, which goes to the device with those of the other lanes.</summary>
internal sealed class BatchEngine(TorchBackend backend, TorchJetEngine alone, int coefficients) : IJetEngine
{
    private readonly double[] _theta = new double[alone.ParameterCount];
    private bool _isStale;

    /// <inheritdoc/>
    public string Name => backend.Name;

    /// <inheritdoc/>
    public NetworkGraph Network => alone.Network;

    /// <inheritdoc/>
    public Precision Precision => alone.Precision;

    /// <inheritdoc/>
    public EngineCard? Card => alone.Card;

    /// <summary>Trainable coefficients behind the network's parameters.</summary>
    public int Coefficients => coefficients;

    /// <summary>θ with the coefficients.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <summary>The engine of a trial alone with the same network, for what is not batched. It has θ after <see cref="Synchronize"/>.</summary>
    public TorchJetEngine Alone => alone;

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<double> theta)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, _theta.Length);
        theta.CopyTo(_theta);
        _isStale = true;
    }

    /// <summary>Gives <see cref="Alone"/> the newest θ.</summary>
    public void Synchronize()
    {
        if (_isStale)
        {
            alone.SetParameters(_theta);
            _isStale = false;
        }
    }

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program) => new BatchPass(backend, this, program);

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout) => new BatchTape(this, alone.CreateTape(layout));

    /// <inheritdoc/>
    public void Dispose() => alone.Dispose();
}
