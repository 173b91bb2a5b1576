using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// The discrete Fourier transform of real fields on n × n points, n a power of two, with the lower two thirds of the modes: |k| ≤ (n − 1)/3
/// in both directions. Products of two fields that have no other modes fold nothing onto these (the 2/3 rule). Four columns at a time are
/// transformed side by side in a buffer that the innermost cache holds, so all arithmetic is on whole vectors and the transposition costs
/// nothing of its own. Nothing is allocated after construction. Not thread-safe.
/// </summary>
internal sealed class RealFft2
{
    private const int Lanes = 4;

    private readonly int _n;
    private readonly int _half;
    private readonly int _stride;
    private readonly Complex[] _roots;
    private readonly int[] _reversedHalf;
    private readonly int[] _reversed;
    private readonly Vector256<double>[] _real;
    private readonly Vector256<double>[] _imaginary;
    private readonly double[] _middleReal;
    private readonly double[] _middleImaginary;

    /// <summary>Prepares transforms of one size.</summary>
    /// <param name="n">Points along each side, a power of two from 8.</param>
    public RealFft2(int n)
    {
        if (n < 8 || !BitOperations.IsPow2(n))
        {
            throw new ArgumentOutOfRangeException(nameof(n), n, "Not a power of two from 8.");
        }

        (_n, _half, Kept) = (n, n / 2, KeptOf(n));
        _stride = (Kept + Lanes) / Lanes * Lanes;
        _roots = [.. Enumerable.Range(0, _half).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / n))];
        (_reversedHalf, _reversed) = (Reversed(_half), Reversed(n));
        (_real, _imaginary) = (new Vector256<double>[n], new Vector256<double>[n]);
        (_middleReal, _middleImaginary) = (new double[n * _stride], new double[n * _stride]);
    }

    /// <summary>The largest mode along either coordinate.</summary>
    public int Kept { get; }

    /// <summary>
    /// Entries of a spectrum: for each mode of the second coordinate, 0 … K, −K … −1, those of the first, 0 … K. The others are their conjugates.
    /// </summary>
    public int Modes => ((2 * Kept) + 1) * (Kept + 1);

    /// <summary>The largest mode that a size keeps.</summary>
    public static int KeptOf(int n) => (n - 1) / 3;

    /// <summary>The modes (k₀, k₁) of a spectrum in its order.</summary>
    public IEnumerable<(int First, int Second)> Order()
    {
        for (var row = 0; row <= 2 * Kept; row++)
        {
            for (var k = 0; k <= Kept; k++)
            {
                yield return (k, row <= Kept ? row : row - (2 * Kept) - 1);
            }
        }
    }

    /// <summary>X_k = Σ x_j exp(−2πi j·k/n) for the modes that are kept.</summary>
    /// <param name="values">x, n × n entries, the second coordinate running fastest.</param>
    /// <param name="spectrum">X, <see cref="Modes"/> entries.</param>
    public void Forward(ReadOnlySpan<double> values, Span<Complex> spectrum)
    {
        for (var column = 0; column < _n; column += Lanes)
        {
            for (var j = 0; j < _half; j++)
            {
                _real[_reversedHalf[j]] = Vector256.Create(values.Slice((2 * j * _n) + column, Lanes));
                _imaginary[_reversedHalf[j]] = Vector256.Create(values.Slice((((2 * j) + 1) * _n) + column, Lanes));
            }

            Transform(_half);
            for (var k = 0; k <= Kept; k++)
            {
                // Two real columns were one complex column; see RealFft.
                var (at, mirror, root) = (k, k == 0 ? 0 : _half - k, _roots[k]);
                var (sumReal, sumImaginary) = (_real[at] + _real[mirror], _imaginary[at] - _imaginary[mirror]);
                var (oddReal, oddImaginary) = (_real[at] - _real[mirror], _imaginary[at] + _imaginary[mirror]);
                var real = 0.5 * (sumReal + (root.Real * oddImaginary) + (root.Imaginary * oddReal));
                var imaginary = 0.5 * (sumImaginary + (root.Imaginary * oddImaginary) - (root.Real * oddReal));
                for (var lane = 0; lane < Lanes; lane++)
                {
                    _middleReal[((column + lane) * _stride) + k] = real[lane];
                    _middleImaginary[((column + lane) * _stride) + k] = imaginary[lane];
                }
            }
        }

        for (var first = 0; first <= Kept; first += Lanes)
        {
            for (var row = 0; row < _n; row++)
            {
                _real[_reversed[row]] = Vector256.Create<double>(_middleReal.AsSpan((row * _stride) + first, Lanes));
                _imaginary[_reversed[row]] = Vector256.Create<double>(_middleImaginary.AsSpan((row * _stride) + first, Lanes));
            }

            Transform(_n);
            for (var row = 0; row <= 2 * Kept; row++)
            {
                var (real, imaginary) = (_real[RowOf(row)], _imaginary[RowOf(row)]);
                for (var lane = 0; lane < Lanes && first + lane <= Kept; lane++)
                {
                    spectrum[(row * (Kept + 1)) + first + lane] = new(real[lane], imaginary[lane]);
                }
            }
        }
    }

    /// <summary>The field that has these modes and no others.</summary>
    public void Inverse(ReadOnlySpan<Complex> spectrum, Span<double> values)
    {
        // Conjugated before and after, the forward transform is the inverse one.
        Span<double> gathered = stackalloc double[2 * Lanes];
        for (var first = 0; first <= Kept; first += Lanes)
        {
            Array.Clear(_real);
            Array.Clear(_imaginary);
            for (var row = 0; row <= 2 * Kept; row++)
            {
                gathered.Clear();
                for (var lane = 0; lane < Lanes && first + lane <= Kept; lane++)
                {
                    var mode = spectrum[(row * (Kept + 1)) + first + lane];
                    (gathered[lane], gathered[Lanes + lane]) = (mode.Real, -mode.Imaginary);
                }

                var to = _reversed[RowOf(row)];
                (_real[to], _imaginary[to]) = (Vector256.Create<double>(gathered[..Lanes]), Vector256.Create<double>(gathered[Lanes..]));
            }

            Transform(_n);
            for (var row = 0; row < _n; row++)
            {
                _real[row].CopyTo(_middleReal, (row * _stride) + first);
                _imaginary[row].CopyTo(_middleImaginary, (row * _stride) + first);
            }
        }

        var scale = 1.0 / ((double)_n * _n);
        for (var column = 0; column < _n; column += Lanes)
        {
            for (var k = 0; k < _half; k++)
            {
                // What stands in the middle is conjugate, so X = (real, −imaginary).
                var (xReal, xImaginary) = Middle(column, k);
                var (mReal, mImaginary) = Middle(column, _half - k);
                var root = _roots[k];
                (xImaginary, mImaginary) = k == 0 ? (Vector256<double>.Zero, Vector256<double>.Zero) : (-xImaginary, mImaginary);
                var (differenceReal, differenceImaginary) = (xReal - mReal, xImaginary - mImaginary);
                var oddReal = (root.Real * differenceReal) + (root.Imaginary * differenceImaginary);
                var oddImaginary = (root.Real * differenceImaginary) - (root.Imaginary * differenceReal);
                _real[_reversedHalf[k]] = scale * (xReal + mReal - oddImaginary);
                _imaginary[_reversedHalf[k]] = -scale * (xImaginary + mImaginary + oddReal);
            }

            Transform(_half);
            for (var j = 0; j < _half; j++)
            {
                _real[j].CopyTo(values.Slice((2 * j * _n) + column, Lanes));
                (-_imaginary[j]).CopyTo(values.Slice((((2 * j) + 1) * _n) + column, Lanes));
            }
        }
    }

    private static int[] Reversed(int n)
    {
        var reversed = new int[n];
        for (var i = 1; i < n; i++)
        {
            reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) * (n >> 1));
        }

        return reversed;
    }

    private int RowOf(int row) => row <= Kept ? row : row - (2 * Kept) - 1 + _n;

    private (Vector256<double> Real, Vector256<double> Imaginary) Middle(int column, int k)
    {
        if (k > Kept)
        {
            return default;
        }

        var at = (column * _stride) + k;
        return (
            Vector256.Create(_middleReal[at], _middleReal[at + _stride], _middleReal[at + (2 * _stride)], _middleReal[at + (3 * _stride)]),
            Vector256.Create(_middleImaginary[at], _middleImaginary[at + _stride], _middleImaginary[at + (2 * _stride)], _middleImaginary[at + (3 * _stride)]));
    }

    /// <summary>Radix 2 over the first rows of the buffer, which are in reversed order.</summary>
    private void Transform(int rows)
    {
        ref var real = ref MemoryMarshal.GetArrayDataReference(_real);
        ref var imaginary = ref MemoryMarshal.GetArrayDataReference(_imaginary);
        for (var size = 1; size < rows; size *= 2)
        {
            var stride = _half / size;
            for (var start = 0; start < rows; start += 2 * size)
            {
                for (var k = 0; k < size; k++)
                {
                    var root = _roots[k * stride];
                    ref var evenReal = ref System.Runtime.CompilerServices.Unsafe.Add(ref real, start + k);
                    ref var evenImaginary = ref System.Runtime.CompilerServices.Unsafe.Add(ref imaginary, start + k);
                    ref var oddReal = ref System.Runtime.CompilerServices.Unsafe.Add(ref real, start + k + size);
                    ref var oddImaginary = ref System.Runtime.CompilerServices.Unsafe.Add(ref imaginary, start + k + size);
                    var turnedReal = (root.Real * oddReal) - (root.Imaginary * oddImaginary);
                    var turnedImaginary = (root.Real * oddImaginary) + (root.Imaginary * oddReal);
                    (oddReal, oddImaginary) = (evenReal - turnedReal, evenImaginary - turnedImaginary);
                    (evenReal, evenImaginary) = (evenReal + turnedReal, evenImaginary + turnedImaginary);
                }
            }
        }
    }
}
