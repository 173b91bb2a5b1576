using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>A <see cref="TorusEvolution"/> at one resolution: the modes of its outputs one after another in one array. Not thread-safe.</summary>
internal sealed class TorusCollocation
{
    private readonly TorusEvolution _equation;
    private readonly RealFft2 _fft;
    private readonly int _n;
    private readonly (double First, double Second)[] _waves;
    private readonly Complex[]?[] _fieldFactors;
    private readonly Complex[][] _partFactors;
    private readonly double[][] _fields;
    private readonly double[][] _products;
    private readonly Complex[] _mode;
    private readonly Complex[][] _images;

    /// <summary>Tabulates all multipliers.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="n">Points along each side.</param>
    public TorusCollocation(TorusEvolution equation, int n)
    {
        (_equation, _n, _fft) = (equation, n, new(n));
        var (unit0, unit1) = (2 * Math.PI / (equation.Upper.First - equation.Lower.First), 2 * Math.PI / (equation.Upper.Second - equation.Lower.Second));
        _waves = [.. _fft.Order().Select(mode => (unit0 * mode.First, unit1 * mode.Second))];
        Linear = [.. equation.Symbols.SelectMany(Table)];
        _fieldFactors = [.. equation.Fields.Select(field => field.Multiplier is { } multiplier ? Table(multiplier) : null)];
        _partFactors = [.. equation.Parts.Select(part => Table(part.Multiplier))];
        _fields = [.. equation.Fields.Select(_ => new double[n * n])];
        _products = [.. Enumerable.Range(0, equation.ProductCount).Select(_ => new double[n * n])];
        (_mode, _images) = (new Complex[_fft.Modes], [.. _products.Select(_ => new Complex[_fft.Modes])]);
    }

    /// <summary>The diagonal of L.</summary>
    public Complex[] Linear { get; }

    /// <summary>The initial values. They are sampled twice as finely as anything else, so that what folds onto the kept modes is smaller.</summary>
    public Complex[] Start()
    {
        var (fine, samples) = (new RealFft2(2 * _n), 2 * _n);
        var (spectrum, values) = (new Complex[fine.Modes], new double[samples * samples]);
        var start = new Complex[Linear.Length];
        for (var output = 0; output < _equation.Initial.Length; output++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = _equation.Initial[output](Place(i / samples, samples).First, Place(i % samples, samples).Second);
            }

            fine.Forward(values, spectrum);
            var at = output * _fft.Modes;
            foreach (var (first, second) in _fft.Order())
            {
                var row = second >= 0 ? second : second + (2 * fine.Kept) + 1;
                start[at++] = 0.25 * spectrum[(row * (fine.Kept + 1)) + first];
            }
        }

        return start;
    }

    /// <summary>Writes N.</summary>
    public void Nonlinear(double time, Complex[] u, Complex[] result)
    {
        Images(time, u);
        Array.Clear(result);
        for (var part = 0; part < _partFactors.Length; part++)
        {
            if (_equation.Parts[part].Output < _equation.Initial.Length)
            {
                AddPart(part, result.AsSpan(_equation.Parts[part].Output * _fft.Modes, _fft.Modes));
            }
        }
    }

    /// <summary>Writes the outputs at the nodes of one moment.</summary>
    public void Show(Complex[] u, ImmutableArray<ImmutableArray<double>> nodes, int moment, double[] values)
    {
        var evolving = _equation.Initial.Length;
        if (_equation.Outputs > evolving)
        {
            Images(nodes[2][moment], u);
        }

        for (var output = 0; output < _equation.Outputs; output++)
        {
            var spectrum = output < evolving ? u.AsSpan(output * _fft.Modes, _fft.Modes) : _mode.AsSpan();
            if (output >= evolving)
            {
                spectrum.Clear();
                for (var part = 0; part < _partFactors.Length; part++)
                {
                    if (_equation.Parts[part].Output == output)
                    {
                        AddPart(part, spectrum);
                    }
                }
            }

            Values(spectrum, nodes, moment, output, values);
        }
    }

    /// <summary>The trigonometric polynomial at the nodes: sums over the second coordinate first, then over the first.</summary>
    private void Values(ReadOnlySpan<Complex> spectrum, ImmutableArray<ImmutableArray<double>> nodes, int moment, int output, double[] values)
    {
        var (columns, scale) = (_fft.Kept + 1, 1.0 / ((double)_n * _n));
        var sums = new Complex[columns];
        for (var j = 0; j < nodes[1].Length; j++)
        {
            Array.Clear(sums);
            for (var row = 0; row <= 2 * _fft.Kept; row++)
            {
                var (sine, cosine) = Math.SinCos(_waves[row * columns].Second * (nodes[1][j] - _equation.Lower.Second));
                for (var k = 0; k < columns; k++)
                {
                    var mode = spectrum[(row * columns) + k];
                    sums[k] += new Complex((mode.Real * cosine) - (mode.Imaginary * sine), (mode.Real * sine) + (mode.Imaginary * cosine));
                }
            }

            for (var i = 0; i < nodes[0].Length; i++)
            {
                var value = sums[0].Real;
                for (var k = 1; k < columns; k++)
                {
                    var (sine, cosine) = Math.SinCos(_waves[k].First * (nodes[0][i] - _equation.Lower.First));
                    value += 2 * ((sums[k].Real * cosine) - (sums[k].Imaginary * sine));
                }

                // The first moment is known, where it is that of an output that evolves.
                values[(((((i * nodes[1].Length) + j) * nodes[2].Length) + moment) * _equation.Outputs) + output] =
                    moment == 0 && output < _equation.Initial.Length ? _equation.Initial[output](nodes[0][i], nodes[1][j]) : scale * value;
            }
        }
    }

    private Complex[] Table(Func<double, double, Complex> multiplier) => [.. _waves.Select(wave => multiplier(wave.First, wave.Second))];

    private (double First, double Second) Place(int i, int samples) => (
        _equation.Lower.First + ((_equation.Upper.First - _equation.Lower.First) * i / samples),
        _equation.Lower.Second + ((_equation.Upper.Second - _equation.Lower.Second) * i / samples));

    private void AddPart(int part, Span<Complex> target)
    {
        var (factors, image) = (_partFactors[part], _images[_equation.Parts[part].Product]);
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += factors[k] * image[k];
        }
    }

    /// <summary>The modes of the products.</summary>
    private void Images(double time, Complex[] u)
    {
        for (var field = 0; field < _fields.Length; field++)
        {
            var source = u.AsSpan(_equation.Fields[field].Output * _fft.Modes, _fft.Modes);
            if (_fieldFactors[field] is { } factors)
            {
                for (var k = 0; k < _mode.Length; k++)
                {
                    _mode[k] = factors[k] * source[k];
                }

                source = _mode;
            }

            _fft.Inverse(source, _fields[field]);
        }

        Span<double> point = stackalloc double[3];
        var (known, made) = (new double[_fields.Length], new double[_products.Length]);
        point[2] = time;
        for (var i = 0; i < _n; i++)
        {
            point[0] = Place(i, _n).First;
            for (var j = 0; j < _n; j++)
            {
                var at = (i * _n) + j;
                point[1] = Place(j, _n).Second;
                for (var field = 0; field < known.Length; field++)
                {
                    known[field] = _fields[field][at];
                }

                _equation.Products(point, known, made);
                for (var product = 0; product < made.Length; product++)
                {
                    _products[product][at] = made[product];
                }
            }
        }

        for (var product = 0; product < _products.Length; product++)
        {
            _fft.Forward(_products[product], _images[product]);
        }
    }
}
