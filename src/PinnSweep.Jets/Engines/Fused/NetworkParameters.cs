using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Engines.Fused.Stages;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>θ as the passes read it: packed once for each step, whatever the number of passes.</summary>
internal sealed class NetworkParameters<TSimd, TVector, TScalar> : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    // Some ten thousand points of small networks. Whatever the number of terms, a trainer stays within its memory.
    private const long MostKept = 1 << 26;

    private readonly PackedDense<TSimd, TVector, TScalar>?[] _packed;
    private long _kept;
    private double[] _coefficients = [];

    public NetworkParameters(NetworkGraph network)
    {
        Network = network;
        Theta = new double[network.ParameterCount];
        _packed = new PackedDense<TSimd, TVector, TScalar>?[network.Nodes.Length];
        for (var i = 0; i < _packed.Length; i++)
        {
            switch (network.Nodes[i])
            {
                case Node.Dense dense:
                    _packed[i] = new(dense.Width, network.Nodes[dense.Source].Width, dense.ScaleOffset >= 0);
                    break;
                case Node.FixedLinear linear:
                    _packed[i] = new(linear.Width, network.Nodes[linear.Source].Width);
                    _packed[i]!.Pack(linear.Matrix.AsSpan(), [], []);
                    break;
            }
        }
    }

    public NetworkGraph Network { get; }

    /// <summary>The network's own parameters; the array stays the same.</summary>
    public double[] Theta { get; }

    /// <summary>Trainable coefficients of residuals.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Changes whenever θ is set.</summary>
    public long Version { get; private set; }

    /// <summary>Asks for memory to keep a forward pass in; all passes of the network share it.</summary>
    public bool TryKeep(long bytes)
    {
        var fits = _kept + bytes <= MostKept;
        _kept += fits ? bytes : 0;
        return fits;
    }

    /// <summary>Gives such memory back.</summary>
    public void GiveBack(long bytes) => _kept -= bytes;

    public PackedDense<TSimd, TVector, TScalar> Packed(int node) => _packed[node]!;

    public void Set(ReadOnlySpan<double> theta)
    {
        Version++;
        theta[..Theta.Length].CopyTo(Theta);
        var coefficients = theta[Theta.Length..];
        if (_coefficients.Length != coefficients.Length)
        {
            _coefficients = new double[coefficients.Length];
        }

        coefficients.CopyTo(_coefficients);
        for (var i = 0; i < _packed.Length; i++)
        {
            if (Network.Nodes[i] is Node.Dense dense)
            {
                var scales = dense.ScaleOffset < 0 ? [] : theta.Slice(dense.ScaleOffset, dense.Width);
                var bias = dense.BiasOffset < 0 ? [] : theta.Slice(dense.BiasOffset, dense.Width);
                _packed[i]!.Pack(theta.Slice(dense.WeightOffset, dense.Width * Network.Nodes[dense.Source].Width), bias, scales);
            }
        }
    }

    public void Dispose()
    {
        foreach (var packed in _packed)
        {
            packed?.Dispose();
        }
    }
}
