using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Taylor mode in TorchSharp operations, differentiated by autograd. Every node and activation, any device; the reference of the
/// fused engine and what graphs fall back to that it cannot run.
/// </summary>
/// <remarks>
/// Reverse passes go by <c>autograd.backward(…, inputs)</c>: the wrapper of <c>autograd.grad</c> has no guard in 0.107, an error in
/// it ends the process. Every call runs in a dispose scope, so that what lives between calls is θ, points and fixed matrices.
/// </remarks>
internal sealed class TorchJetEngine : IJetEngine
{
    private readonly TorchNetwork _network;

    /// <summary>Loads libtorch if need be and places the network on a device.</summary>
    /// <param name="network">The network.</param>
    /// <param name="coefficients">Number of trainable coefficients behind the network's parameters.</param>
    /// <param name="precision">The arithmetic of all passes.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    public TorchJetEngine(NetworkGraph network, int coefficients, Precision precision, string device = "cpu")
    {
        NativeTorch.Load();
        Network = network;
        Precision = precision;
        Name = $"torch/{device}";
        Device = torch.device(device);
        Card = Device.type == DeviceType.CUDA ? GpuBackend.FactsOf(Math.Max(Device.index, 0)) : null;
        Type = precision == Precision.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        ParameterCount = network.ParameterCount + coefficients;
        _network = new(network, coefficients, Type, Device);
        Theta = Parameters(new double[ParameterCount], [ParameterCount]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public NetworkGraph Network { get; }

    /// <inheritdoc/>
    public Precision Precision { get; }

    /// <inheritdoc/>
    public EngineCard? Card { get; }

    internal Device Device { get; }

    internal ScalarType Type { get; }

    /// <summary>Length of θ with the coefficients.</summary>
    internal int ParameterCount { get; }

    /// <summary>A leaf, replaced by every <see cref="SetParameters"/>: a tape keeps the one it ran with.</summary>
    internal Tensor Theta { get; private set; }

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<double> theta)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, ParameterCount);
        Theta.Dispose();
        Theta = Parameters(theta, [ParameterCount]);
    }

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program) => new TorchLossPass(this, _network, program);

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout) => new TorchJetTape(this, _network, layout);

    /// <inheritdoc/>
    public void Dispose()
    {
        Theta.Dispose();
        _network.Dispose();
    }

    internal Tensor Parameters(ReadOnlySpan<double> values, ReadOnlySpan<long> shape) => TorchMemory.Persist(values, shape, Type, Device).requires_grad_();

    /// <summary>Points mapped as node 0 maps them, [1, n, d].</summary>
    internal Tensor MapPoints(ReadOnlySpan<double> points)
    {
        var mapped = new double[points.Length];
        TorchNetwork.MapPoints(_network.Input, points, mapped);
        return TorchMemory.Persist(mapped, [1, points.Length / Network.InputDimension, Network.InputDimension], Type, Device);
    }

    /// <summary>Overwrites <paramref name="gradient"/> with Σ cotangent · ∂root/∂θ; zero where no root depends on θ.</summary>
    internal static void Pull(IReadOnlyList<Tensor> roots, IReadOnlyList<Tensor> cotangents, Tensor theta, bool keepGraph, Span<double> gradient)
    {
        using var result = Pull(roots, cotangents, theta, keepGraph);
        if (result is null)
        {
            gradient.Clear();
            return;
        }

        TorchMemory.Read(result, gradient);
    }

    /// <summary>Σ cotangent · ∂root/∂θ, of the shape of θ; null where no root depends on θ.</summary>
    internal static Tensor? Pull(IReadOnlyList<Tensor> roots, IReadOnlyList<Tensor> cotangents, Tensor theta, bool keepGraph)
    {
        var dependent = Enumerable.Range(0, roots.Count).Where(i => roots[i].requires_grad).ToArray();
        if (dependent.Length == 0)
        {
            return null;
        }

        torch.autograd.backward([.. dependent.Select(i => roots[i])], [.. dependent.Select(i => cotangents[i])], retain_graph: keepGraph, inputs: [theta]);
        var result = theta.grad;
        theta.grad = null;
        return result;
    }
}
