using System.Globalization;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>A pass of one lane: its points on the host. Called directly, outside a pack, it is a batch of one.</summary>
internal sealed class BatchPass(TorchBackend backend, BatchEngine engine, ResidualProgram program) : RequestPass
{
    private readonly ColumnEvaluator _evaluator = new(program.Columns, program.Layout.InputDimension);
    private ILossPass? _alone;
    private BatchInputs? _inputs;

    /// <inheritdoc/>
    public override ResidualProgram Program => program;

    /// <inheritdoc/>
    public override int PointCount => Points.Length / program.Layout.InputDimension;

    /// <summary>The engine, which has θ.</summary>
    public BatchEngine Engine => engine;

    /// <summary>The points, row-major n × dimension.</summary>
    public double[] Points { get; private set; } = [];

    /// <summary>Columns · n values of what depends on coordinates alone.</summary>
    public double[] Columns { get; private set; } = [];

    /// <summary>Values and derivatives of all nodes at all points: what it takes of memory, but for a factor.</summary>
    public long Numbers => (long)PointCount * (1 + program.Layout.Directions.Sum(direction => direction.Order)) * engine.Network.Nodes.Sum(node => (long)node.Width);

    /// <summary>Numbers that operations take as one for all lanes, so that lanes with other ones run apart.</summary>
    public string Constants { get; } = string.Join(
        ' ',
        engine.Network.Nodes.OfType<Node.Activation>().Select(node => node.Factor).Concat(program.Instructions.Select(instruction => instruction.Constant))
            .Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public override void SetPoints(ReadOnlySpan<double> points)
    {
        Points = [.. points];
        Columns = new double[_evaluator.Count * PointCount];
        _evaluator.Evaluate(points, Columns);
        _alone?.SetPoints(Points);
    }

    /// <summary>What a batch that this pass leads has on the device from one run to the next.</summary>
    public BatchInputs InputsOf(IReadOnlyList<BatchPass> lanes, BatchShape shape)
    {
        if (_inputs?.AreOf(lanes) != true)
        {
            _inputs?.Dispose();
            // Not the old ones, where the new ones find no memory.
            _inputs = null;
            _inputs = new(lanes, shape);
        }

        return _inputs;
    }

    /// <inheritdoc/>
    public override void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        if (_alone is null)
        {
            _alone = engine.Alone.CreatePass(program);
            _alone.SetPoints(Points);
        }

        engine.Synchronize();
        _alone.Jacobian(residual, first, residuals, rows);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inputs?.Dispose();
        _alone?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Answer(LaneRequest request)
    {
        if (request.Work == LaneWork.SquaredNorms)
        {
            // The engine of a trial alone has none either.
            request.IsPossible = false;
            return;
        }

        backend.Run([request]);
        request.ThrowIfFailed();
    }
}
