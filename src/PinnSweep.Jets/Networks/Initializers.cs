namespace PinnSweep.Jets.Networks;

/// <summary>Initial distributions by name. Fan-in and fan-out are of the matrix that the block holds.</summary>
public static class Initializers
{
    /// <summary>N(0, 2/(in + out)) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotNormal(int fanIn, int fanOut) => Normal(0, Math.Sqrt(2.0 / (fanIn + fanOut)));

    /// <summary>U(−b, b), b = √(6/(in + out)) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotUniform(int fanIn, int fanOut) => Uniform(Math.Sqrt(6.0 / (fanIn + fanOut)));

    /// <summary>N(mean, deviation²).</summary>
    public static Initializer Normal(double mean, double deviation) => (block, _, stream) =>
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = mean + (deviation * stream.NextGaussian());
        }
    };

    /// <summary>U(−bound, bound).</summary>
    public static Initializer Uniform(double bound) => (block, _, stream) =>
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = bound * ((2 * stream.NextDouble()) - 1);
        }
    };

    /// <summary>One value.</summary>
    public static Initializer Constant(double value) => (block, _, _) => block.Fill(value);
}
