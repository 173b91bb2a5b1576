using System.Numerics;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>The engine of one lane on a device. It keeps θ; its passes and tapes keep their points.</summary>
internal sealed class GpuEngine<T, TReal>(GpuBackend backend, NetworkGraph network, Precision precision, int coefficients) : IJetEngine
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    private readonly double[] _theta = new double[network.ParameterCount + coefficients];

    /// <summary>The device and what it runs.</summary>
    public GpuBackend Backend => backend;

    /// <inheritdoc/>
    public string Name => backend.Name;

    /// <inheritdoc/>
    public EngineCard? Card => backend.Device.Card;

    /// <inheritdoc/>
    public NetworkGraph Network => network;

    /// <inheritdoc/>
    public Precision Precision => precision;

    /// <summary>Trainable coefficients behind the network's parameters.</summary>
    public int Coefficients => coefficients;

    /// <summary>θ with the coefficients.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<double> theta) => theta.CopyTo(_theta);

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program)
    {
        Require(program.Layout);
        return new GpuLossPass<T, TReal>(new(this, program.Layout, program));
    }

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout)
    {
        Require(layout);
        return new GpuJetTape<T, TReal>(new(this, layout, null));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Passes and tapes give their memory back themselves.
    }

    private void Require(JetLayout layout)
    {
        if (FusedJetEngine.WhyUnsupported(network, layout) is { } reason)
        {
            throw new NotSupportedException(reason);
        }
    }
}
