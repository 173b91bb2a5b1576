using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// One loop over tiles does everything: jets, residuals, losses, cotangents, gradient. After <see cref="Forward"/> the loop finds the first
/// tiles as that pass left them, each in memory of its own, and works on the others anew.
/// </summary>
internal sealed unsafe class FusedLossPass<TSimd, TVector, TScalar> : ILossPass
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly NetworkParameters<TSimd, TVector, TScalar> _parameters;
    private readonly PointSet<TScalar> _points;
    private readonly PointSet<TScalar>? _across;
    private readonly double[] _ones;
    private readonly int _channels;
    private readonly List<PassTile<TSimd, TVector, TScalar>> _kept = [];
    private PassWorkspace<TSimd, TVector, TScalar>? _workspace;
    private PassTile<TSimd, TVector, TScalar>? _work;
    private long _keptTheta = -1;
    private AlignedBuffer<TScalar> _accumulators = new(0);
    private AlignedBuffer<TScalar> _seeds = new(0);

    public FusedLossPass(NetworkParameters<TSimd, TVector, TScalar> parameters, ResidualProgram program)
    {
        _parameters = parameters;
        Program = program;
        _points = new(program.Layout.InputDimension, program.Columns);
        _across = program.Across is null ? null : new(program.Layout.InputDimension, []);
        _channels = program.Layout.Channels;
        _ones = [.. Enumerable.Repeat(1.0, program.Results.Length)];
    }

    public ResidualProgram Program { get; }

    public int PointCount => _points.Count;

    private int Residuals => Program.Results.Length;

    private TileShape Shape => _work!.Shape;

    private NetworkTile<TSimd, TVector, TScalar> Network => _work!.Network;

    public void SetPoints(ReadOnlySpan<double> points)
    {
        var slab = 4 * TSimd.Lanes;
        var groups = TileShape.GroupsFor(_channels, points.Length / Program.Layout.InputDimension, slab);
        _keptTheta = -1;
        if (_work?.Shape.Groups != groups)
        {
            DisposeTiles();
            var shape = new TileShape(Program.Layout, TSimd.Lanes, groups);
            _workspace = new(_parameters.Network, shape, hasPairs: _across is not null);
            _work = new(_parameters, Program, shape, _workspace);
            _seeds = _seeds.AtLeast((long)(Residuals + Program.Coefficients) * shape.Points);
        }

        _points.Set(points, Shape.Points);
        _across?.Set(Program.Across!.Points(points, Program.Layout.InputDimension), Shape.Points);
    }

    public void Forward(Span<double> losses, Span<double> residuals)
    {
        Begin();
        losses.Clear();
        _keptTheta = -1;
        for (var start = 0; start < _points.Count; start += Shape.Points)
        {
            var tile = TileToKeep(start);
            tile.Residual.SetCoefficients(_parameters.Coefficients);
            tile.Forward(_points, _across, start);
            Weigh(tile, start, [], _ones, losses, [], residuals);
        }

        Divide(losses);
        _keptTheta = _parameters.Version;
    }

    public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients) =>
        Run(pointWeights, _ones, losses, weightedLosses, residuals, gradients, combined: false);

    public void RunCombined(
        ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient) =>
        Run(pointWeights, termWeights, losses, weightedLosses, residuals, gradient, combined: true);

    public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        Begin();
        rows.Clear();
        var length = residuals.IsEmpty ? 0 : rows.Length / residuals.Length;
        fixed (double* pinned = rows)
        {
            for (var start = 0; start < residuals.Length; start += Shape.Points)
            {
                var count = Math.Min(Shape.Points, residuals.Length - start);
                _work!.Forward(_points, _across, first + start);
                for (var p = 0; p < count; p++)
                {
                    residuals[start + p] = Scalar.ToDouble(_work.Residual.Residual(residual)[p]);
                }

                var coefficients = ReverseOne(residual);
                var tileRows = pinned + ((nint)start * length);
                _work.AddRows(tileRows, length, count);
                for (var c = 0; c < Program.Coefficients; c++)
                {
                    for (var p = 0; p < count; p++)
                    {
                        tileRows[((nint)p * length) + _parameters.Theta.Length + c] += Scalar.ToDouble(coefficients[(c * Shape.Points) + p]);
                    }
                }
            }
        }
    }

    public bool TrySquaredNorms(int residual, Span<double> squaredNorms)
    {
        Begin();
        if (!_work!.HasSquares)
        {
            return false;
        }

        for (var start = 0; start < squaredNorms.Length; start += Shape.Points)
        {
            var target = squaredNorms.Slice(start, Math.Min(Shape.Points, squaredNorms.Length - start));
            _work.Forward(_points, _across, start);
            var coefficients = ReverseOne(residual);
            var squares = Network.Squares();
            for (var p = 0; p < target.Length; p++)
            {
                target[p] = Scalar.ToDouble(squares[p]);
                for (var c = 0; c < Program.Coefficients; c++)
                {
                    var derivative = Scalar.ToDouble(coefficients[(c * Shape.Points) + p]);
                    target[p] += derivative * derivative;
                }
            }
        }

        return true;
    }

    public void Dispose()
    {
        DisposeTiles();
        _points.Dispose();
        _across?.Dispose();
        _accumulators.Dispose();
        _seeds.Dispose();
    }

    private void Run(
        ReadOnlySpan<double> pointWeights,
        ReadOnlySpan<double> termWeights,
        Span<double> losses,
        Span<double> weightedLosses,
        Span<double> residuals,
        Span<double> gradients,
        bool combined)
    {
        Begin();
        losses.Clear();
        weightedLosses.Clear();
        gradients.Clear();
        var sets = gradients.IsEmpty || _points.Count == 0 ? 0 : combined ? 1 : Residuals;
        var length = Network.AccumulatorLength + ((long)Program.Coefficients * TSimd.Lanes);
        _accumulators = _accumulators.AtLeast(sets * length);
        for (var start = 0; start < _points.Count; start += Shape.Points)
        {
            var tile = Kept(start);
            if (tile is null)
            {
                tile = _work!;
                tile.Forward(_points, _across, start);
            }

            Weigh(tile, start, pointWeights, termWeights, losses, weightedLosses, residuals);
            for (var set = 0; set < sets; set++)
            {
                var accumulators = _accumulators.Pointer + (set * length);
                tile.Seed(combined ? -1 : set, _seeds.Pointer, accumulators + Network.AccumulatorLength, start == 0);
                tile.Reverse(accumulators, start == 0);
            }
        }

        Divide(losses);
        Divide(weightedLosses);

        for (var set = 0; set < sets; set++)
        {
            Finish(_accumulators.Pointer + (set * length), gradients.Slice(set * (gradients.Length / sets), gradients.Length / sets));
        }
    }

    private void Begin()
    {
        if (_work is null)
        {
            throw new InvalidOperationException("The pass has no points yet.");
        }

        _work.Residual.SetCoefficients(_parameters.Coefficients);
    }

    /// <summary>The tile of the points from <paramref name="start"/> on as <see cref="Forward"/> left it, or null.</summary>
    private PassTile<TSimd, TVector, TScalar>? Kept(int start) =>
        _keptTheta == _parameters.Version && start / Shape.Points < _kept.Count ? _kept[start / Shape.Points] : null;

    // Tiles share a workspace, which stays warm; only what the reverse pass reads has a place of its own.
    private PassTile<TSimd, TVector, TScalar> TileToKeep(int start)
    {
        var tile = start / Shape.Points;
        if (tile == _kept.Count && _parameters.TryKeep(_work!.Bytes))
        {
            _kept.Add(new(_parameters, Program, Shape, _workspace!));
        }

        return tile < _kept.Count ? _kept[tile] : _work!;
    }

    private void Divide(Span<double> sums)
    {
        foreach (ref var sum in sums)
        {
            sum /= _points.Count;
        }
    }

    // Residuals and losses of the tile's real points, and 2 λ w r / n as the residuals' cotangents; zero for the filling.
    private void Weigh(
        PassTile<TSimd, TVector, TScalar> tile,
        int start,
        ReadOnlySpan<double> pointWeights,
        ReadOnlySpan<double> termWeights,
        Span<double> losses,
        Span<double> weightedLosses,
        Span<double> residuals)
    {
        var n = _points.Count;
        var count = Math.Min(Shape.Points, n - start);
        for (var j = 0; j < Residuals; j++)
        {
            var from = tile.Residual.Residual(j);
            var seeds = _seeds.Pointer + (j * Shape.Points);
            var target = residuals.Slice((j * n) + start, count);
            var factor = 2 * termWeights[j] / n;
            double plain = 0, weighted = 0;
            for (var p = 0; p < count; p++)
            {
                var r = Scalar.ToDouble(from[p]);
                var weight = pointWeights.IsEmpty ? 1 : pointWeights[(j * n) + start + p];
                target[p] = r;
                plain += r * r;
                weighted += weight * r * r;
                seeds[p] = Scalar.From<TScalar>(factor * weight * r);
            }

            new Span<TScalar>(seeds + count, Shape.Points - count).Clear();
            losses[j] += plain;
            if (!weightedLosses.IsEmpty)
            {
                weightedLosses[j] += weighted;
            }
        }
    }

    /// <summary>
    /// The cotangents of one residual at every point of the tile; returns its derivatives by the coefficients, coefficient by coefficient.
    /// </summary>
    private TScalar* ReverseOne(int residual)
    {
        new Span<TScalar>(_seeds.Pointer + (residual * Shape.Points), Shape.Points).Fill(Scalar.From<TScalar>(1));
        var coefficients = _seeds.Pointer + (Residuals * Shape.Points);
        new Span<TScalar>(coefficients, Program.Coefficients * Shape.Points).Clear();
        _work!.Seed(residual, _seeds.Pointer, null, first: true, coefficients);
        return coefficients;
    }

    private void Finish(TScalar* accumulators, Span<double> gradient)
    {
        Network.Reduce(accumulators, gradient);
        accumulators += Network.AccumulatorLength;
        for (var c = 0; c < Program.Coefficients; c++)
        {
            gradient[_parameters.Theta.Length + c] = Scalar.ToDouble(TSimd.Sum(TSimd.Load(accumulators + (c * TSimd.Lanes))));
        }
    }

    private void DisposeTiles()
    {
        foreach (var tile in _kept)
        {
            tile.Dispose();
        }

        _parameters.GiveBack(_kept.Count * (_work?.Bytes ?? 0));
        _kept.Clear();
        _work?.Dispose();
        _workspace?.Dispose();
    }
}
