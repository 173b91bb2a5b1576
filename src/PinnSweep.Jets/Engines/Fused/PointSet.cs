using System.Collections.Immutable;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// The points of a pass by columns in the precision of the pass. The last tile is filled up with copies of the last point, whose values are
/// as finite as that point's; what they contribute is masked where sums are taken.
/// </summary>
internal sealed unsafe class PointSet<TScalar>(int dimension, ImmutableArray<Expr> expressions) : IDisposable
    where TScalar : unmanaged
{
    private readonly ColumnEvaluator _evaluator = new(expressions, dimension);
    private double[] _evaluated = [];
    private AlignedBuffer<TScalar> _coordinates = new(0);
    private AlignedBuffer<TScalar> _columns = new(0);

    public int Count { get; private set; }

    /// <summary>Points with the filling.</summary>
    public int Padded { get; private set; }

    /// <summary>Coordinate i at i · <see cref="Padded"/>.</summary>
    public TScalar* Coordinates => _coordinates.Pointer;

    /// <summary>Column i at i · <see cref="Padded"/>.</summary>
    public TScalar* Columns => _columns.Pointer;

    public void Set(ReadOnlySpan<double> points, int tile)
    {
        Count = points.Length / dimension;
        Padded = (Count + tile - 1) / tile * tile;
        _coordinates = _coordinates.AtLeast((long)Padded * dimension);
        _columns = _columns.AtLeast((long)Padded * _evaluator.Count);
        for (var i = 0; i < dimension; i++)
        {
            var column = Coordinates + ((nint)i * Padded);
            for (var p = 0; p < Count; p++)
            {
                column[p] = Scalar.From<TScalar>(points[(p * dimension) + i]);
            }

            FillUp(column);
        }

        if (_evaluated.Length < _evaluator.Count * Count)
        {
            _evaluated = new double[_evaluator.Count * Count];
        }

        _evaluator.Evaluate(points, _evaluated);
        for (var i = 0; i < _evaluator.Count; i++)
        {
            var column = Columns + ((nint)i * Padded);
            for (var p = 0; p < Count; p++)
            {
                column[p] = Scalar.From<TScalar>(_evaluated[(i * Count) + p]);
            }

            FillUp(column);
        }
    }

    public void Dispose()
    {
        _coordinates.Dispose();
        _columns.Dispose();
    }

    private void FillUp(TScalar* column) => new Span<TScalar>(column + Count, Padded - Count).Fill(column[Math.Max(Count - 1, 0)]);
}
