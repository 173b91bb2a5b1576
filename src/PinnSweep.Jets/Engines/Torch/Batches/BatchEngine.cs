using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>The engine of one lane: θ on the host, which goes to the device with those of the other lanes.</summary>
internal sealed class BatchEngine : IJetEngine
{
    private readonly TorchBackend _backend;
    private readonly double[] _theta;
    private bool _isStale;

    public BatchEngine(TorchBackend backend, TorchJetEngine alone, int coefficients)
    {
        _backend = backend;
        Alone = alone;
        Coefficients = coefficients;
        _theta = new double[alone.ParameterCount];
    }

    /// <inheritdoc/>
    public string Name => _backend.Name;

    /// <inheritdoc/>
    public NetworkGraph Network => Alone.Network;

    /// <inheritdoc/>
    public Precision Precision => Alone.Precision;

    /// <inheritdoc/>
    public EngineCard? Card => Alone.Card;

    /// <summary>Trainable coefficients behind the network's parameters.</summary>
    public int Coefficients { get; }

    /// <summary>θ with the coefficients.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <summary>The engine of a trial alone with the same network, for what is not batched. It has θ after <see cref="Synchronize"/>.</summary>
    public TorchJetEngine Alone { get; }

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
            Alone.SetParameters(_theta);
            _isStale = false;
        }
    }

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program) => new BatchPass(_backend, this, program);

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout) => new BatchTape(this, layout);

    /// <inheritdoc/>
    public void Dispose() => Alone.Dispose();
}
