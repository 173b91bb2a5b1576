using System.Runtime.Intrinsics;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// The engine that trains on a CPU: forward, residual, cotangent and reverse of one tile of points (64 in single precision with AVX-512)
/// while it is in the cache, on one thread, without allocation after the first step. The same θ and points give the same bits.
/// </summary>
internal sealed class FusedJetEngine : IJetEngine
{
    /// <summary>The highest order of a directional derivative.</summary>
    public const int LargestOrder = 4;

    private readonly IEngineCore _core;

    /// <summary>An engine for this machine's widest vectors.</summary>
    /// <exception cref="NotSupportedException">The network has a node that <see cref="WhyUnsupported"/> names.</exception>
    public FusedJetEngine(NetworkGraph network, Precision precision)
        : this(network, precision, SimdWidths.Widest)
    {
    }

    internal FusedJetEngine(NetworkGraph network, Precision precision, SimdWidth width)
    {
        if (WhyUnsupported(network, JetLayout.ValuesOnly(network.InputDimension)) is { } reason)
        {
            throw new NotSupportedException(reason);
        }

        Network = network;
        Precision = precision;
        Name = $"fused/{width.Name()}";
        _core = (precision, width) switch
        {
            (Precision.Float32, SimdWidth.Bits512) => new EngineCore<Simd512<float>, Vector512<float>, float>(network),
            (Precision.Float32, SimdWidth.Bits256) => new EngineCore<Simd256<float>, Vector256<float>, float>(network),
            (Precision.Float32, _) => new EngineCore<Simd128<float>, Vector128<float>, float>(network),
            (_, SimdWidth.Bits512) => new EngineCore<Simd512<double>, Vector512<double>, double>(network),
            (_, SimdWidth.Bits256) => new EngineCore<Simd256<double>, Vector256<double>, double>(network),
            (_, _) => new EngineCore<Simd128<double>, Vector128<double>, double>(network),
        };
    }

    private interface IEngineCore : IDisposable
    {
        void SetParameters(ReadOnlySpan<double> theta);

        ILossPass CreatePass(ResidualProgram program);

        IJetTape CreateTape(JetLayout layout);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>They share θ, and have tiles of their own.</summary>
    public bool RunsPassesAtOnce => true;

    /// <inheritdoc/>
    public NetworkGraph Network { get; }

    /// <inheritdoc/>
    public Precision Precision { get; }

    /// <summary>
    /// What this engine cannot do of a network and the derivatives wanted of it, in words for the log; null when it can do all.
    /// </summary>
    public static string? WhyUnsupported(NetworkGraph network, JetLayout layout)
    {
        if (layout.Order > LargestOrder)
        {
            return $"derivatives of order {layout.Order} along a direction (at most {LargestOrder})";
        }

        foreach (var node in network.Nodes)
        {
            if (node is not (Node.Input or Node.Dense or Node.FixedLinear or Node.Activation or Node.CosSin or Node.Gate or Node.Blend or Node.Add or Node.Multiply or Node.Concat))
            {
                return $"a network node of kind {node.GetType().Name}";
            }

            if (node is Node.Activation activation && !Enum.IsDefined(activation.Kind))
            {
                return $"the activation {activation.Kind}";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<double> theta) => _core.SetParameters(theta);

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program)
    {
        Require(program.Layout);
        return _core.CreatePass(program);
    }

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout)
    {
        Require(layout);
        return _core.CreateTape(layout);
    }

    /// <inheritdoc/>
    public void Dispose() => _core.Dispose();

    private void Require(JetLayout layout)
    {
        if (WhyUnsupported(Network, layout) is { } reason)
        {
            throw new NotSupportedException(reason);
        }
    }

    private sealed class EngineCore<TSimd, TVector, TScalar>(NetworkGraph network) : IEngineCore
        where TSimd : struct, ISimd<TVector, TScalar>
        where TVector : unmanaged
        where TScalar : unmanaged
    {
        private readonly NetworkParameters<TSimd, TVector, TScalar> _parameters = new(network);

        public void SetParameters(ReadOnlySpan<double> theta) => _parameters.Set(theta);

        public ILossPass CreatePass(ResidualProgram program) => new FusedLossPass<TSimd, TVector, TScalar>(_parameters, program);

        public IJetTape CreateTape(JetLayout layout) => new FusedJetTape<TSimd, TVector, TScalar>(_parameters, layout);

        public void Dispose() => _parameters.Dispose();
    }
}
