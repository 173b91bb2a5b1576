using System.Collections.Immutable;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// The coordinates: value scale·x + shift, first derivatives scale·direction, all higher ones zero. All but the value is written once.
/// </summary>
internal sealed unsafe class InputStage<TSimd, TVector, TScalar> : Stage<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly ImmutableArray<double> _scale;
    private readonly ImmutableArray<double> _shift;

    public InputStage(TileShape shape, FeatureRows<TScalar> output, Node.Input node)
        : base(shape, output)
    {
        (_scale, _shift) = (node.Scale, node.Shift);
        for (var i = 0; i < node.Width; i++)
        {
            for (var d = 0; d < shape.Orders.Length; d++)
            {
                var component = Scalar.From<TScalar>(node.Scale[i] * shape.Layout.Directions[d].Components[i]);
                for (var g = 0; g < shape.Groups; g++)
                {
                    var slab = output.Values + (i * shape.Stride) + (g * shape.Group) + (shape.Layout.Channel(d, 1) * shape.Slab);
                    Quad<TSimd, TVector, TScalar>.Broadcast(component).Store(slab);
                }
            }
        }
    }

    /// <summary>Sets the tile's points.</summary>
    public void Load(PointSet<TScalar> points, int start)
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var row = Output.Values + (i * Shape.Stride);
            var from = points.Coordinates + ((nint)i * points.Padded) + start;
            var scale = TSimd.Broadcast(Scalar.From<TScalar>(_scale[i]));
            var shift = TSimd.Broadcast(Scalar.From<TScalar>(_shift[i]));
            for (var p = 0; p < Shape.Points; p += TSimd.Lanes)
            {
                var at = (p / Shape.Slab * Shape.Group) + (p % Shape.Slab);
                TSimd.Store(row + at, TSimd.MultiplyAdd(scale, TSimd.Load(from + p), shift));
            }
        }
    }

    public override void Forward()
    {
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
    }

    public override void PullBack()
    {
    }
}
