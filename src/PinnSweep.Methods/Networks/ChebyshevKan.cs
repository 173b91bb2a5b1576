using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// A Kolmogorov–Arnold network of Chebyshev polynomials: y_o = Σᵢ Σ_k c_oik T_k(tanh xᵢ), k = 0 … d, in every layer, the head too. The n
/// coefficients of T₀ enter only as their sum, which is one bias an output here. The rest is built from S_k = T_k − T_k(0), whose
/// recurrence S_{k+1} = 2 s S_k − S_{k−1} + 2 T_k(0) s needs no constant; the bias takes what the constants add, so that its start is that
/// of Σᵢ Σ_k c_oik T_k. Coefficients begin from N(0, 1/(n(d + 1))), the variance that keeps the size of activations; the authors' program
/// has this number as deviation.
/// </summary>
internal static class ChebyshevKan
{
    private static readonly Parameter<int> Degree = MethodParameters.Count(
        "degree", 4, "d of the polynomials (3 to 5)", minimum: 1, maximum: 12);

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "chebyshev-kan",
            "every edge a trained Chebyshev series of tanh; published gains over tuned mlps are not clear",
            "Sidharth, Gokul 2024, arXiv:2405.07200; Shukla et al. 2024, arXiv:2406.02917",
            [
                NetworkParts.Hidden([16, 16], "width of each hidden layer"),
                Degree,
                .. NetworkParts.InputOptions,
            ]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var (builder, node) = Embedding.Begin(problem, level);
        var layer = 0;
        foreach (var width in NetworkParts.Widths.Of(level))
        {
            node = Layer(builder, $"hidden{++layer}", node, width, Degree.Of(level));
        }

        Layer(builder, "head", node, problem.Outputs.Length, Degree.Of(level));
        return builder.Build();
    }

    private static int Layer(NetworkBuilder builder, string name, int source, int width, int degree)
    {
        var n = builder.Width(source);
        var s = builder.Activate(source, ActivationKind.Tanh);
        var (basis, last, before) = (s, s, -1);
        for (var k = 1; k < degree; k++)
        {
            // Rows of [2 I | −I | 2 T_k(0) I] on [s ⊙ S_k, S_{k−1}, s], S₀ = 0.
            var terms = builder.Add(new Node.Multiply(s, last, n));
            var factors = new List<double> { 2 };
            if (before >= 0)
            {
                terms = builder.Add(new Node.Concat(terms, before, 2 * n));
                factors.Add(-1);
                if (AtZero(k) != 0)
                {
                    terms = builder.Add(new Node.Concat(terms, s, 3 * n));
                    factors.Add(2 * AtZero(k));
                }
            }

            builder.Reserve((long)n * n * factors.Count);
            (before, last) = (last, builder.Add(new Node.FixedLinear(terms, n, Blocks(n, factors))));
            basis = builder.Add(new Node.Concat(basis, last, builder.Width(basis) + n));
        }

        var deviation = 1 / Math.Sqrt(n * (degree + 1.0));
        var w = builder.Parameters($"{name}.weight", (long)width * n * degree, BlockRole.Weight, Initializers.Normal(0, deviation));
        var b = builder.Parameters($"{name}.bias", width, BlockRole.Bias, (block, theta, stream) =>
        {
            for (var o = 0; o < block.Length; o++)
            {
                block[o] = deviation * Math.Sqrt(n) * stream.NextGaussian();
                for (var i = 0; i < n * degree; i++)
                {
                    block[o] += AtZero(1 + (i / n)) * theta[w + (o * n * degree) + i];
                }
            }
        });
        return builder.Add(new Node.Dense(basis, width, w, b));
    }

    /// <summary>T_k(0).</summary>
    private static int AtZero(int k) => (k % 4) switch
    {
        0 => 1,
        2 => -1,
        _ => 0,
    };

    private static ImmutableArray<double> Blocks(int n, List<double> factors)
    {
        var matrix = new double[n * n * factors.Count];
        for (var i = 0; i < n; i++)
        {
            for (var block = 0; block < factors.Count; block++)
            {
                matrix[(i * n * factors.Count) + (block * n) + i] = factors[block];
            }
        }

        return [.. matrix];
    }
}
