using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>The part of a gradient that enters a statistic, and the statistics that balancers take of it.</summary>
internal sealed class GradientSelection
{
    private static readonly Parameter<GradientBlocks> Blocks = MethodParameters.Choice("blocks", "", Enum.GetValues<GradientBlocks>());

    private readonly (int Offset, int Length)[] _blocks;

    private GradientSelection(IEnumerable<(int, int)> blocks)
    {
        _blocks = [.. blocks];
        Length = _blocks.Sum(block => block.Length);
    }

    /// <summary>Number of entries.</summary>
    public int Length { get; }

    /// <summary>Everything, trainable coefficients included, in one block.</summary>
    public static GradientSelection All(BalancerContext context) => new([(0, context.ParameterCount)]);

    /// <summary>The weight matrices of the main path, a block each; everything where the network has none.</summary>
    public static GradientSelection Weights(BalancerContext context)
    {
        var weights = context.Network.Blocks.Where(block => block.Role == BlockRole.Weight).Select(block => (block.Offset, block.Length)).ToList();
        return weights.Count == 0 ? All(context) : new(weights);
    }

    /// <summary>
    /// Weights and biases of all dense layers, encoders too: what is a linear module in PyTorch. Everything where the network has none.
    /// </summary>
    public static GradientSelection Dense(BalancerContext context)
    {
        var dense = context.Network.Blocks
            .Where(block => block.Role is BlockRole.Weight or BlockRole.Bias or BlockRole.EncoderWeight or BlockRole.EncoderBias)
            .Select(block => (block.Offset, block.Length)).ToList();
        return dense.Count == 0 ? All(context) : new(dense);
    }

    /// <summary>
    /// One weight matrix of the main path, counted from the output (0 is the output layer); the nearest where there are fewer.
    /// </summary>
    public static GradientSelection LayerFromOutput(BalancerContext context, int layer)
    {
        var weights = Weights(context)._blocks;
        return new([weights[Math.Max(0, weights.Length - 1 - layer)]]);
    }

    /// <summary>The parameter <c>blocks</c>; its default comes first.</summary>
    public static Parameter<GradientBlocks> Parameter(string source, params GradientBlocks[] values)
    {
        var dense = values.Contains(GradientBlocks.Dense) ? "dense (weights and biases of dense layers, no slopes, no coefficients), " : "";
        return MethodParameters.Choice(
            Blocks.Name,
            $"which parameters enter the statistics: {dense}weights (main weight matrices, no biases, no encoders) or all ({source})",
            values);
    }

    public static GradientSelection Of(BalancerContext context, Level level) => Blocks.Of(level) switch
    {
        GradientBlocks.Weights => Weights(context),
        GradientBlocks.Dense => Dense(context),
        _ => All(context),
    };

    public double MeanMagnitude(ReadOnlySpan<double> gradient)
    {
        var sum = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            sum += TensorPrimitives.SumOfMagnitudes(gradient.Slice(offset, length));
        }

        return sum / Length;
    }

    /// <summary>The mean over blocks of the mean magnitude in each: small blocks count as much as large ones.</summary>
    public double MeanOfBlockMeans(ReadOnlySpan<double> gradient)
    {
        var sum = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            sum += TensorPrimitives.SumOfMagnitudes(gradient.Slice(offset, length)) / length;
        }

        return sum / _blocks.Length;
    }

    public double MaxMagnitude(ReadOnlySpan<double> gradient)
    {
        var max = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            // Math.Max hands NaN on.
            max = Math.Max(max, Math.Abs(TensorPrimitives.MaxMagnitude(gradient.Slice(offset, length))));
        }

        return max;
    }

    public double Norm(ReadOnlySpan<double> gradient)
    {
        var sum = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            sum += TensorPrimitives.SumOfSquares(gradient.Slice(offset, length));
        }

        return Math.Sqrt(sum);
    }

    /// <summary>√(mean (g − ḡ)²); ratios of it do not depend on the convention n or n − 1.</summary>
    public double Deviation(ReadOnlySpan<double> gradient) => Math.Sqrt(Moments(gradient).Second);

    /// <summary>mean (g − ḡ)⁴ / (mean (g − ḡ)²)²; 3 for a normal distribution.</summary>
    public double Kurtosis(ReadOnlySpan<double> gradient)
    {
        var (second, fourth) = Moments(gradient);
        return fourth / (second * second);
    }

    /// <summary>Central moments in two passes: the mean of a gradient can be far larger than its spread.</summary>
    private (double Second, double Fourth) Moments(ReadOnlySpan<double> gradient)
    {
        var mean = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            mean += TensorPrimitives.Sum(gradient.Slice(offset, length));
        }

        mean /= Length;
        var second = 0.0;
        var fourth = 0.0;
        foreach (var (offset, length) in _blocks)
        {
            var block = gradient.Slice(offset, length);
            var vectors = MemoryMarshal.Cast<double, Vector<double>>(block);
            var second4 = Vector<double>.Zero;
            var fourth4 = Vector<double>.Zero;
            foreach (var vector in vectors)
            {
                var square = (vector - new Vector<double>(mean)) * (vector - new Vector<double>(mean));
                second4 += square;
                fourth4 += square * square;
            }

            second += Vector.Sum(second4);
            fourth += Vector.Sum(fourth4);
            foreach (var value in block[(vectors.Length * Vector<double>.Count)..])
            {
                var square = (value - mean) * (value - mean);
                second += square;
                fourth += square * square;
            }
        }

        return (second / Length, fourth / Length);
    }
}
