using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>Copies between spans of <see cref="double"/> and tensors of any precision on any device.</summary>
internal static class TorchMemory
{
    public static Tensor From(ReadOnlySpan<double> values, ReadOnlySpan<long> shape, ScalarType type, Device device)
    {
        var tensor = torch.empty(shape, ScalarType.Float64, CPU);
        values.CopyTo(MemoryMarshal.Cast<byte, double>(tensor.bytes));
        return tensor.to(type, device);
    }

    /// <summary>As <see cref="From"/>, for a tensor that outlives the scope it is made in.</summary>
    public static Tensor Persist(ReadOnlySpan<double> values, ReadOnlySpan<long> shape, ScalarType type, Device device)
    {
        using var scope = torch.NewDisposeScope();
        return From(values, shape, type, device).DetachFromDisposeScope();
    }

    public static void Read(Tensor tensor, Span<double> values)
    {
        using var scope = torch.NewDisposeScope();
        using var mode = torch.no_grad();
        var plain = tensor.detach().to(ScalarType.Float64, CPU).contiguous();
        MemoryMarshal.Cast<byte, double>(plain.bytes).CopyTo(values);
    }
}
