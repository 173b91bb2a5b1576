using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Networks;

/// <summary>Distributions of the initial weights of dense layers by the words of study files.</summary>
internal static class Initializations
{
    /// <summary>The default.</summary>
    public const string GlorotNormal = "glorot-normal";

    /// <summary>Sitzmann et al. 2020: U(−1/n, 1/n) in the first layer, U(±√(6/n)/ω) in the others.</summary>
    public const string Siren = "siren";

    private static readonly ImmutableArray<string> Words = [GlorotNormal, "glorot-uniform", "he", "lecun", "pytorch-default", Siren];

    /// <summary>The parameter <c>initialisation</c>.</summary>
    public static Parameter<string> Parameter { get; } = From(GlorotNormal);

    /// <summary>The same, the given word its default.</summary>
    public static Parameter<string> From(string standard) => MethodParameters.Word(
        "initialisation",
        "initial weights: glorot-normal N(0, 2/(in + out)), glorot-uniform (Glorot, Bengio 2010); he N(0, 2/in) (2015); "
            + "lecun N(0, 1/in) (1998); pytorch-default U(±1/√in), biases too; siren; biases begin at 0 unless said",
        [standard, .. Words.Where(word => word != standard)]);

    /// <summary>How the weights (out × in) and biases of a layer begin.</summary>
    /// <param name="word">One of the words.</param>
    /// <param name="fanIn">Inputs of a unit.</param>
    /// <param name="fanOut">Units.</param>
    /// <param name="first">Whether the layer reads coordinates.</param>
    /// <param name="frequency">ω of the sine units; 1 for other networks.</param>
    public static (Initializer Weights, Initializer Bias) Of(string word, int fanIn, int fanOut, bool first, double frequency = 1)
    {
        var zero = Initializers.Constant(0);
        var spread = 1 / Math.Sqrt(fanIn);
        return word switch
        {
            GlorotNormal => (Initializers.GlorotNormal(fanIn, fanOut), zero),
            "glorot-uniform" => (Initializers.GlorotUniform(fanIn, fanOut), zero),
            "he" => (Initializers.Normal(0, Math.Sqrt(2.0 / fanIn)), zero),
            "lecun" => (Initializers.Normal(0, spread), zero),
            "pytorch-default" => (Initializers.Uniform(spread), Initializers.Uniform(spread)),

            // The authors' program leaves the biases at PyTorch's default.
            Siren => (Initializers.Uniform(first ? 1.0 / fanIn : Math.Sqrt(6.0 / fanIn) / frequency), Initializers.Uniform(spread)),
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, "not an initialisation"),
        };
    }
}
