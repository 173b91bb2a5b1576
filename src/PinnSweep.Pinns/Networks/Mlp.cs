using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>The multilayer perceptron: h ← σ(W h + b) for each hidden layer, and a linear head.</summary>
public static class Mlp
{
    /// <summary>The catalogue's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "mlp",
            "multilayer perceptron with a linear head on coordinates normalised to [−1, 1]",
            "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045; Glorot, Bengio, AISTATS 2010",
            [
                new(
                    "hidden",
                    new ParameterType.ListOf(new ParameterType.Integer(1, 4096), 1),
                    new SpecValue.List([.. Enumerable.Repeat<SpecValue>(new SpecValue.Number(50), 3)]),
                    "width of each hidden layer (3×50 as in the Helmholtz script of Wang, Teng, Perdikaris)"),
                MethodParameters.Word("activation", "σ of the hidden layers", [.. Activations.Words]),
                MethodParameters.Word("initialisation", "distribution of the initial weights; biases begin at 0", "glorot-normal", "glorot-uniform"),
            ]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem)
    {
        var kind = Activations.Parse(level.Text("activation"));
        Func<int, int, Initializer> weights = level.Text("initialisation") == "glorot-normal" ? Initializers.GlorotNormal : Initializers.GlorotUniform;
        var (builder, node) = Embedding.Begin(problem);
        var layer = 0;
        foreach (var width in level.Parameters.Integers("hidden"))
        {
            node = builder.Activate(builder.Dense($"hidden{++layer}", node, width, weights(builder.Width(node), width)), kind);
        }

        builder.Dense("head", node, problem.Outputs.Length, weights(builder.Width(node), problem.Outputs.Length));
        return builder.Build();
    }
}
