using System.Numerics.Tensors;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>One weight matrix under <see cref="Soap"/>: its statistics, their bases, and Adam's moments. G is rows × columns.</summary>
internal sealed class SoapBlock : IStateful
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly Side _left;
    private readonly Side _right;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly bool _isSingle;
    [Scratch] private readonly double[] _a;
    [Scratch] private readonly double[] _b;
    [Scratch] private readonly double[] _c;

    public SoapBlock(ParameterMatrix matrix, double beta1, double beta2, double epsilon, bool single)
    {
        Matrix = matrix;
        (_beta1, _beta2, _epsilon, _isSingle) = (beta1, beta2, epsilon, single);
        (_left, _right) = (new(matrix.Rows), new(matrix.Columns));
        (_first, _second) = (new double[matrix.Length], new double[matrix.Length]);
        (_a, _b, _c) = (new double[matrix.Length], new double[matrix.Length], new double[matrix.Length]);
    }

    /// <summary>Where it lies in θ.</summary>
    public ParameterMatrix Matrix { get; }

    /// <summary>The first gradient: statistics and bases, no move.</summary>
    public void Begin(ReadOnlySpan<double> gradient)
    {
        Observe(gradient, refresh: false);
        _left.Begin();
        _right.Begin();
        RoundSides();
    }

    /// <summary>Adam in the rotated basis; <paramref name="steps"/> counts from 1 for the bias correction.</summary>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double rate, long steps)
    {
        TensorPrimitives.Multiply(_first, _beta1, _first);
        TensorPrimitives.MultiplyAdd(gradient, 1 - _beta1, _first, _first);
        Round(_first);
        Rotate(gradient, _b);
        Rotate(_first, _c);
        var root = 1 / Math.Sqrt(1 - Math.Pow(_beta2, steps));
        var correction = 1 / (1 - Math.Pow(_beta1, steps));
        for (var i = 0; i < _second.Length; i++)
        {
            var second = (_beta2 * _second[i]) + ((1 - _beta2) * _b[i] * _b[i]);
            _second[i] = _isSingle ? (float)second : second;
            _c[i] = correction * _c[i] / ((Math.Sqrt(_second[i]) * root) + _epsilon);
        }

        // Back: Q_L C Q_Rᵀ.
        var (m, n) = (Matrix.Rows, Matrix.Columns);
        SmallMatrices.Multiply(_left.Basis, _c, _a, m, m, n);
        SmallMatrices.MultiplyByTransposed(_a, _right.Basis, _b, m, n, n);
        TensorPrimitives.MultiplyAdd(_b, -rate, theta, theta);
    }

    /// <summary>Takes a gradient into the statistics, and refreshes the bases where due.</summary>
    public void Observe(ReadOnlySpan<double> gradient, bool refresh)
    {
        var (m, n) = (Matrix.Rows, Matrix.Columns);
        SmallMatrices.MultiplyByTransposed(gradient, gradient, _left.Scratch, m, n, m);
        _left.Average(_beta2);
        SmallMatrices.MultiplyTransposed(gradient, gradient, _right.Scratch, n, m, n);
        _right.Average(_beta2);
        if (refresh)
        {
            _left.Refresh();
            _right.Refresh();
        }

        RoundSides();
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _left.State(archive);
        _right.State(archive);
        archive.Vector("soap.first", _first);
        archive.Vector("soap.second", _second);
    }

    private void RoundSides()
    {
        foreach (var side in (ReadOnlySpan<Side>)[_left, _right])
        {
            Round(side.Statistics);
            Round(side.Basis);
        }
    }

    private void Round(double[] values)
    {
        if (_isSingle)
        {
            Flat.RoundToSingle(values);
        }
    }

    /// <summary>Q_Lᵀ X Q_R.</summary>
    private void Rotate(ReadOnlySpan<double> x, double[] result)
    {
        var (m, n) = (Matrix.Rows, Matrix.Columns);
        SmallMatrices.MultiplyTransposed(_left.Basis, x, _a, m, m, n);
        SmallMatrices.Multiply(_a, _right.Basis, result, m, n, n);
    }

    /// <summary>L or R with its basis.</summary>
    private sealed class Side(int size) : IStateful
    {
        public double[] Statistics { get; } = new double[size * size];

        public double[] Basis { get; } = new double[size * size];

        [field: Scratch]
        public double[] Scratch { get; } = new double[size * size];

        /// <summary>Takes the product in the scratch into the average.</summary>
        public void Average(double beta)
        {
            TensorPrimitives.Multiply(Statistics, beta, Statistics);
            TensorPrimitives.MultiplyAdd(Scratch, 1 - beta, Statistics, Statistics);
        }

        /// <summary>The basis of eigenvectors, largest eigenvalue first.</summary>
        public void Begin() => new SymmetricEigen(size).Vectors(Statistics, Basis);

        /// <summary>One power iteration: the Q of the statistics times the basis.</summary>
        public void Refresh()
        {
            SmallMatrices.Multiply(Statistics, Basis, Scratch, size, size, size);
            SmallMatrices.Orthonormalise(Scratch, size, size);
            Scratch.CopyTo(Basis, 0);
        }

        /// <inheritdoc/>
        public void State(StateArchive archive)
        {
            archive.Vector("soap.statistics", Statistics);
            archive.Vector("soap.basis", Basis);
        }
    }
}
