using System.Numerics;

namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// The discrete Fourier transform of real sequences whose length is a power of two: even and odd entries are real and imaginary part of a
/// complex sequence of half the length, transformed by radix 2 in place. References take some hundred thousand transforms; nothing is
/// allocated after construction. Not thread-safe.
/// </summary>
internal sealed class RealFft
{
    private readonly int _half;
    private readonly int[] _reversed;
    private readonly Complex[] _roots;
    private readonly Complex[] _work;

    /// <summary>Prepares transforms of one length.</summary>
    /// <param name="length">n, a power of two from 4.</param>
    public RealFft(int length)
    {
        if (length < 4 || !BitOperations.IsPow2(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "Not a power of two from 4.");
        }

        _half = length / 2;
        _work = new Complex[_half];
        _roots = [.. Enumerable.Range(0, _half).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / length))];
        _reversed = new int[_half];
        for (var i = 1; i < _half; i++)
        {
            _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) * (_half >> 1));
        }
    }

    /// <summary>X_k = Σ_j x_j exp(−2πi jk/n).</summary>
    /// <param name="values">x, n entries.</param>
    /// <param name="spectrum">X for k = 0 … n/2.</param>
    public void Forward(ReadOnlySpan<double> values, Span<Complex> spectrum)
    {
        for (var i = 0; i < _half; i++)
        {
            _work[_reversed[i]] = new(values[2 * i], values[(2 * i) + 1]);
        }

        Transform();
        spectrum[0] = _work[0].Real + _work[0].Imaginary;
        spectrum[_half] = _work[0].Real - _work[0].Imaginary;
        for (var k = 1; k < _half; k++)
        {
            var (z, mirrored) = (_work[k], Complex.Conjugate(_work[_half - k]));
            var odd = _roots[k] * (z - mirrored);
            spectrum[k] = 0.5 * new Complex(z.Real + mirrored.Real + odd.Imaginary, z.Imaginary + mirrored.Imaginary - odd.Real);
        }
    }

    /// <summary>The inverse of <see cref="Forward"/>; imaginary parts of the first and last entry are left out.</summary>
    public void Inverse(ReadOnlySpan<Complex> spectrum, Span<double> values)
    {
        var scale = 0.5 / _half;
        for (var k = 0; k < _half; k++)
        {
            var (x, mirrored) = k == 0 ? (spectrum[0].Real, spectrum[_half].Real) : (spectrum[k], Complex.Conjugate(spectrum[_half - k]));
            var odd = Complex.Conjugate(_roots[k]) * (x - mirrored);

            // Conjugated before and after, the forward transform is the inverse one.
            _work[_reversed[k]] = scale * new Complex(x.Real + mirrored.Real - odd.Imaginary, -(x.Imaginary + mirrored.Imaginary + odd.Real));
        }

        Transform();
        for (var i = 0; i < _half; i++)
        {
            values[2 * i] = _work[i].Real;
            values[(2 * i) + 1] = -_work[i].Imaginary;
        }
    }

    private void Transform()
    {
        for (var size = 1; size < _half; size *= 2)
        {
            var stride = _half / size;
            for (var start = 0; start < _half; start += 2 * size)
            {
                var even = _work.AsSpan(start, size);
                var odd = _work.AsSpan(start + size, size);
                for (var k = 0; k < even.Length; k++)
                {
                    var root = _roots[k * stride];
                    var (a, b) = (even[k], odd[k]);
                    var turned = new Complex((root.Real * b.Real) - (root.Imaginary * b.Imaginary), (root.Real * b.Imaginary) + (root.Imaginary * b.Real));
                    even[k] = a + turned;
                    odd[k] = a - turned;
                }
            }
        }
    }
}
