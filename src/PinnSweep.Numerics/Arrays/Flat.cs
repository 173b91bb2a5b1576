using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Arrays;

/// <summary>Arithmetic on flat vectors.</summary>
public static class Flat
{
    /// <summary>result = Σ_k weights[k] · rows[k], rows stored one after another.</summary>
    public static void WeightedSum(ReadOnlySpan<double> weights, ReadOnlySpan<double> rows, Span<double> result)
    {
        var length = result.Length;
        TensorPrimitives.Multiply(rows[..length], weights[0], result);
        for (var k = 1; k < weights.Length; k++)
        {
            TensorPrimitives.MultiplyAdd(rows.Slice(k * length, length), weights[k], result, result);
        }
    }

    /// <summary>The values in a new order; zero where the source is negative.</summary>
    public static double[] Rearranged(double[] values, ReadOnlySpan<int> sources)
    {
        var result = new double[sources.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = sources[i] >= 0 ? values[sources[i]] : 0;
        }

        return result;
    }

    /// <summary>Rounds every value to the nearest single-precision number.</summary>
    public static void RoundToSingle(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)values[i];
        }
    }
}
