using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// W h + b, where with random weight factorization W = diag(eˢ) V. Without <paramref name="node"/> the matrix is fixed and there is no
/// gradient. Accumulators: the weights block by block, then one vector for each bias.
/// </summary>
internal sealed unsafe class DenseStage<TSimd, TVector, TScalar>(
    TileShape shape, FeatureRows<TScalar> source, FeatureRows<TScalar> output, PackedDense<TSimd, TVector, TScalar> packed, Node.Dense? node)
    : Stage<TSimd, TVector, TScalar>(shape, output)
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _source = new(source);
    private readonly Blocking _gradientColumns = new(source.Width, DenseKernels<TSimd, TVector, TScalar>.GradientColumns);
    private readonly double[] _row = new double[source.Width];

    public override int Accumulators => node is null ? 0 : Output.Width * (RowAccumulators + 1);

    public override void Forward() => DenseKernels<TSimd, TVector, TScalar>.Multiply(
        packed.Forward, HasBias ? packed.Bias : null, packed.Rows, _source.Width, _source.Values, Output.Values, Shape.Stride, Shape.Slabs, Shape.Channels, accumulate: false);

    public override void Claim(CotangentPool<TScalar> pool) => _source.Claim(pool);

    public override void PullBack()
    {
        if (_source.Wanted)
        {
            DenseKernels<TSimd, TVector, TScalar>.Multiply(
                packed.Transposed, null, packed.Columns, Output.Width, Output.Cotangents, _source.Cotangents, Shape.Stride, Shape.Slabs, Shape.Channels, _source.Accumulate);
        }
    }

    public override void Accumulate(TScalar* accumulators, bool first)
    {
        if (node is null)
        {
            return;
        }

        DenseKernels<TSimd, TVector, TScalar>.Gradient(
            Output.Cotangents, packed.Rows, _source.Values, _gradientColumns, Shape.Stride, Shape.Slabs, accumulators, first);
        if (!HasBias)
        {
            return;
        }

        accumulators += (nint)Output.Width * RowAccumulators * TSimd.Lanes;
        for (var row = 0; row < Output.Width; row++)
        {
            var cotangent = Output.Cotangents + (row * Shape.Stride);
            var sum = Quad<TSimd, TVector, TScalar>.Load(cotangent).Sum();
            for (var g = 1; g < Shape.Groups; g++)
            {
                sum = TSimd.Add(sum, Quad<TSimd, TVector, TScalar>.Load(cotangent + (g * Shape.Group)).Sum());
            }

            Put(accumulators, sum, first);
            accumulators += TSimd.Lanes;
        }
    }

    public override void Reduce(TScalar* accumulators, Span<double> gradient)
    {
        if (node is null)
        {
            return;
        }

        var row = 0;
        for (var i = 0; i < packed.Rows.Count; i++)
        {
            var size = packed.Rows.Size(i);
            for (var r = 0; r < size; r++)
            {
                var column = 0;
                var block = accumulators;
                for (var j = 0; j < _gradientColumns.Count; j++)
                {
                    var width = _gradientColumns.Size(j);
                    var vectors = DenseKernels<TSimd, TVector, TScalar>.RowAccumulators(width);
                    for (var c = 0; c < width; c++)
                    {
                        _row[column++] = DenseKernels<TSimd, TVector, TScalar>.Sum(block + (r * vectors * TSimd.Lanes), c);
                    }

                    block += (nint)size * vectors * TSimd.Lanes;
                }

                AddRow(row + r, gradient);
            }

            accumulators += (nint)size * RowAccumulators * TSimd.Lanes;
            row += size;
        }

        for (var i = 0; HasBias && i < Output.Width; i++)
        {
            gradient[node.BiasOffset + i] += Scalar.ToDouble(TSimd.Sum(TSimd.Load(accumulators + (i * TSimd.Lanes))));
        }
    }

    public override void AddRows(PointRows<TScalar> rows)
    {
        if (node is null)
        {
            return;
        }

        for (var i = 0; i < Output.Width; i++)
        {
            var cotangent = Output.Cotangents + (i * Shape.Stride);
            var factor = packed.Factors is null ? 1 : packed.Factors[i];
            for (var k = 0; k < _source.Width; k++)
            {
                PointDot(cotangent, _source.Values + (k * Shape.Stride), Shape.Channels, rows.Scratch);
                rows.AddScratch(node.WeightOffset + (i * _source.Width) + k, factor);
            }

            if (HasBias)
            {
                PointDot(cotangent, null, 1, rows.Scratch);
                rows.AddScratch(node.BiasOffset + i, 1);
            }
        }

        if (node.ScaleOffset >= 0)
        {
            AddScaleRows(rows);
        }
    }

    public override bool HasSquares => node is null || (packed.Factors is null && node.ScaleOffset < 0);

    public override void AddSquares(TScalar* squares)
    {
        if (node is not null)
        {
            PointKernels<TSimd, TVector, TScalar>.AddOuterSquares(
                Output.Cotangents, Output.Width, _source.Values, _source.Width, Shape, HasBias, squares);
        }
    }

    // Vectors for one row of the matrix.
    private int RowAccumulators => TSimd.Folds ? _gradientColumns.Count : _source.Width;

    private bool HasBias => node is { BiasOffset: >= 0 };

    // ∂/∂V = eˢ ∂/∂W by rows, and ∂/∂s of a row is ∂/∂W · W.
    private void AddRow(int row, Span<double> gradient)
    {
        var target = gradient.Slice(node!.WeightOffset + (row * _source.Width), _source.Width);
        if (packed.Factors is null)
        {
            for (var k = 0; k < target.Length; k++)
            {
                target[k] += _row[k];
            }

            return;
        }

        var scale = 0.0;
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += packed.Factors[row] * _row[k];
            scale += _row[k] * Weight(row, k);
        }

        gradient[node.ScaleOffset + row] += scale;
    }

    private double Weight(int row, int column)
    {
        var before = 0;
        var block = 0;
        while (before + packed.Rows.Size(block) <= row)
        {
            before += packed.Rows.Size(block++);
        }

        return Scalar.ToDouble(packed.Forward[((nint)before * _source.Width) + (column * packed.Rows.Size(block)) + row - before]);
    }

    private void AddScaleRows(PointRows<TScalar> rows)
    {
        for (var i = 0; i < Output.Width; i++)
        {
            for (var k = 0; k < _source.Width; k++)
            {
                PointDot(Output.Cotangents + (i * Shape.Stride), _source.Values + (k * Shape.Stride), Shape.Channels, rows.Scratch);
                rows.AddScratch(node!.ScaleOffset + i, Weight(i, k));
            }
        }
    }

    private void PointDot(TScalar* a, TScalar* b, int channels, TScalar* sums) => PointKernels<TSimd, TVector, TScalar>.Dot(a, b, channels, Shape, sums);
}
