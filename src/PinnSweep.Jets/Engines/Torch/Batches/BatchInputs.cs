using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// Points, columns, fixed matrices and maps of the lanes of a batch, on the device: kept while the same lanes come with the same points. Lanes
/// and points that are not there are copies of the first lane and of a lane's last point.
/// </summary>
internal sealed class BatchInputs : IDisposable
{
    private readonly (BatchPass Pass, double[] Points)[] _lanes;
    private readonly ResidualProgram _program;
    private readonly TorchNetwork _network;
    private readonly TorchLayout _layout;
    private readonly Tensor _points;
    private readonly Tensor? _across;
    private readonly Tensor? _columns;

    public BatchInputs(IReadOnlyList<BatchPass> lanes, BatchShape shape)
    {
        _lanes = [.. lanes.Select(pass => (pass, pass.Points))];
        Lanes = shape.LanesFor(lanes[0].Numbers);
        Points = shape.Rounded(lanes[0].PointCount);
        var filled = Enumerable.Range(0, Lanes).Select(lane => lanes[lane < lanes.Count ? lane : 0]).ToArray();
        var engine = lanes[0].Engine;
        var (type, device) = (engine.Alone.Type, engine.Alone.Device);
        _program = lanes[0].Program;
        _network = new([.. filled.Select(pass => pass.Engine.Network)], engine.Coefficients, type, device);
        _layout = new(_program.Layout, [.. filled.Select(pass => (Node.Input)pass.Engine.Network.Nodes[0])], type, device);
        var d = _program.Layout.InputDimension;
        Tensor Placed(Func<BatchPass, double[]> pointsOf) => TorchMemory.Persist([.. filled.SelectMany(pass => Filled(Mapped(pass, pointsOf(pass)), d))], [Lanes, 1, Points, d], type, device);
        _points = Placed(pass => pass.Points);
        _across = _program.Across is null ? null : Placed(pass => pass.Program.Across!.Points(pass.Points, d));
        var count = _program.Columns.Length;
        _columns = count == 0 ? null : TorchMemory.Persist(
            [.. Enumerable.Range(0, count).SelectMany(column => filled.SelectMany(pass => Filled(pass.Columns.AsSpan(column * pass.PointCount, pass.PointCount).ToArray(), 1)))],
            [count, Lanes, Points],
            type,
            device);
    }

    /// <summary>Lanes of the operations.</summary>
    public int Lanes { get; }

    /// <summary>Points of a lane in the operations.</summary>
    public int Points { get; }

    /// <summary>Whether these are those of the lanes, with their points of now.</summary>
    public bool AreOf(IReadOnlyList<BatchPass> lanes) =>
        lanes.Count == _lanes.Length && _lanes.Zip(lanes, (own, pass) => own.Pass == pass && own.Points == pass.Points).All(isSame => isSame);

    /// <summary>The residuals [lanes, points] for θ [lanes, parameters].</summary>
    public Tensor[] Residuals(Tensor theta)
    {
        var (outputs, coefficients) = _network.Forward(theta, _points, _layout);
        var opposite = _across is null ? null : _network.Forward(theta, _across, _layout).Outputs;
        return TorchResidual.Evaluate(_program, _layout, outputs, opposite, _columns, coefficients, [Lanes, Points]);
    }

    public void Dispose()
    {
        _network.Dispose();
        _layout.Dispose();
        _points.Dispose();
        _across?.Dispose();
        _columns?.Dispose();
    }

    private static double[] Mapped(BatchPass pass, double[] points)
    {
        var mapped = new double[points.Length];
        TorchNetwork.MapPoints((Node.Input)pass.Engine.Network.Nodes[0], points, mapped);
        return mapped;
    }

    private IEnumerable<double> Filled(double[] values, int width)
    {
        return values.Length == 0 ? values : values.Concat(Enumerable.Range(0, Points - (values.Length / width)).SelectMany(_ => values[^width..]));
    }
}
