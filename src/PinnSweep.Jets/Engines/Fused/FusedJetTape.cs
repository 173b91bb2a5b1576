using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// Jets of all points and their pullback. The pullback computes each tile's jets again: cheaper than keeping them, and exactly the same
/// numbers.
/// </summary>
internal sealed unsafe class FusedJetTape<TSimd, TVector, TScalar>(NetworkParameters<TSimd, TVector, TScalar> parameters, JetLayout layout) : IJetTape
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly PointSet<TScalar> _points = new(layout.InputDimension, []);
    private readonly int _channels = layout.Channels;
    private TileWorkspace<TScalar>? _workspace;
    private NetworkTile<TSimd, TVector, TScalar>? _network;
    private AlignedBuffer<TScalar> _accumulators = new(0);

    public JetLayout Layout => layout;

    private NetworkTile<TSimd, TVector, TScalar> Network => _network ?? throw new InvalidOperationException("The tape has no points yet.");

    private TileShape Shape => Network.Shape;

    public void SetPoints(ReadOnlySpan<double> points)
    {
        var groups = TileShape.GroupsFor(_channels, points.Length / layout.InputDimension, 4 * TSimd.Lanes);
        if (_network?.Shape.Groups != groups)
        {
            DisposeTile();
            var shape = new TileShape(layout, TSimd.Lanes, groups);
            _workspace = NetworkTile<TSimd, TVector, TScalar>.Workspace(parameters.Network, shape);
            _network = new(parameters, shape, _workspace);
        }

        _points.Set(points, Shape.Points);
    }

    public void Forward(Span<double> jets)
    {
        for (var start = 0; start < _points.Count; start += Shape.Points)
        {
            Network.Forward(_points, start);
            var count = Math.Min(Shape.Points, _points.Count - start);
            for (var p = 0; p < count; p++)
            {
                for (var k = 0; k < Network.Output.Width * Shape.Channels; k++)
                {
                    jets[((start + p) * Network.Output.Width * Shape.Channels) + k] = Scalar.ToDouble(Network.Output.Values[At(k, p)]);
                }
            }
        }
    }

    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        gradient.Clear();
        _accumulators = _accumulators.AtLeast(Network.AccumulatorLength);
        for (var start = 0; start < _points.Count; start += Shape.Points)
        {
            Network.Forward(_points, start);
            var count = Math.Min(Shape.Points, _points.Count - start);
            for (var p = 0; p < Shape.Points; p++)
            {
                for (var k = 0; k < Network.Output.Width * Shape.Channels; k++)
                {
                    var cotangent = p < count ? cotangents[((start + p) * Network.Output.Width * Shape.Channels) + k] : 0;
                    Network.Output.Cotangents[At(k, p)] = Scalar.From<TScalar>(cotangent);
                }
            }

            Network.Reverse(_accumulators.Pointer, start == 0);
        }

        if (_points.Count > 0)
        {
            Network.Reduce(_accumulators.Pointer, gradient);
        }
    }

    public void Dispose()
    {
        DisposeTile();
        _points.Dispose();
        _accumulators.Dispose();
    }

    private void DisposeTile()
    {
        _network?.Dispose();
        _workspace?.Dispose();
    }

    // The place of entry k = output · channels + channel of point p.
    private nint At(int k, int p) =>
        (k / Shape.Channels * Shape.Stride) + (p / Shape.Slab * Shape.Group) + (k % Shape.Channels * Shape.Slab) + (p % Shape.Slab);
}
