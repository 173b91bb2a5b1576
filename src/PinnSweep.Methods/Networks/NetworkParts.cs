using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// A network in the making, with the options that networks of dense layers share: how weights begin, random weight factorization
/// (W = diag(eˢ) V with s ~ N(mean, deviation²) and V = W₀/eˢ, both trained: Wang et al. 2022, arXiv:2210.01274), normalized coordinates,
/// harmonics of periodic ones.
/// </summary>
internal sealed class NetworkParts
{
    private static readonly Parameter<double> Mean = MethodParameters.Number("mean", 1, -10, 10, "mean of s (jaxpi: 0.5 or 1)");
    private static readonly Parameter<double> Deviation = MethodParameters.Number(
        "deviation", 0.1, 0, 10, "standard deviation of s (arXiv:2210.01274)");
    private static readonly Parameter<SpecValue.Map?> Factorization = MethodParameters.OptionalGroup(
        "factorization",
        "random weight factorization W = diag(eˢ) V of every dense layer (arXiv:2210.01274), or null",
        Mean,
        Deviation);

    private readonly Level _level;
    private readonly Problem _problem;
    private readonly SpecValue.Map? _factorization;
    private readonly Dictionary<string, Node.Dense> _layers = [];

    /// <summary>Begins with the coordinates of a problem.</summary>
    public NetworkParts(Level level, Problem problem)
        : this(level, problem, Embedding.Begin(problem, level))
    {
    }

    /// <summary>Begins with coordinates of the network's own.</summary>
    public NetworkParts(Level level, Problem problem, (NetworkBuilder Builder, int Node) begun)
    {
        _level = level;
        _problem = problem;
        _factorization = Factorization.Of(level);
        (Builder, Coordinates) = begun;
    }

    /// <summary>σ of the hidden layers.</summary>
    public static Parameter<ActivationKind> Activation { get; } = new(
        "activation",
        new ParameterType.Choice(Activations.Words),
        new SpecValue.Text(Activations.Words[0]),
        "σ of the hidden layers; relu2 to relu5 are max(0, z)ᵏ, of class Cᵏ⁻¹",
        value => Activations.Parse(((SpecValue.Text)value).Value));

    /// <summary>Where the rule of smoothness is switched off.</summary>
    public static Parameter<bool> AllowUnsuitable { get; } = MethodParameters.Flag(
        "allow_unsuitable",
        standard: false,
        "train even where σ is too rough for the problem's derivatives; such cells are marked") with
    {
        IsTold = true,
    };

    /// <summary>What every network has.</summary>
    public static ImmutableArray<Parameter> InputOptions { get; } =
        [Embedding.Normalize, Embedding.Span, Embedding.Standardize, Embedding.Harmonics];

    /// <summary>The builder.</summary>
    public NetworkBuilder Builder { get; }

    /// <summary>The normalized coordinates, periodic ones on the circle.</summary>
    public int Coordinates { get; }

    /// <summary>ω of sine units; layers after the first begin accordingly smaller under the initialization <c>siren</c>.</summary>
    public double Frequency { get; init; } = 1;

    /// <summary>The options of networks of dense layers with a choice of activation.</summary>
    public static ImmutableArray<Parameter> Options(string initialization = Initializations.GlorotNormal) =>
        [Activation, AllowUnsuitable, .. DenseOptions(initialization)];

    /// <summary>The options of dense layers.</summary>
    public static ImmutableArray<Parameter> DenseOptions(string initialization = Initializations.GlorotNormal, bool factorized = false)
    {
        var standard = SpecValue.Map.Empty.Entries.SetItem(Mean.Name, Mean.Default!).SetItem(Deviation.Name, Deviation.Default!);
        return
        [
            Initializations.From(initialization),
            factorized ? Factorization with { Default = new SpecValue.Map(standard) } : Factorization,
            .. InputOptions,
        ];
    }

    /// <summary>The parameter <c>hidden</c>: any widths.</summary>
    public static Parameter<ImmutableArray<int>> Hidden(ImmutableArray<int> standard, string summary) =>
        Widths with { Default = new SpecValue.List([.. standard.Select(width => new SpecValue.Number(width))]), Summary = summary };

    /// <summary>The same for whoever reads it.</summary>
    public static Parameter<ImmutableArray<int>> Widths { get; } = new(
        "hidden",
        new ParameterType.ListOf(new ParameterType.Integer(1, 4096), 1),
        null,
        "width of each hidden layer",
        value => [.. ((SpecValue.List)value).Items.Select(width => checked((int)((SpecValue.Number)width).Value))]);

    /// <summary>W h + b. A name used again is the same layer once more: it shares its parameters.</summary>
    public int Dense(string name, int source, int width, bool encoder = false)
    {
        if (!_layers.TryGetValue(name, out var layer))
        {
            var fanIn = Builder.Width(source);
            var (weights, bias) = Initializations.Of(Initializations.Parameter.Of(_level), fanIn, width, first: source == Coordinates, Frequency);
            var scale = -1;
            if (_factorization is { } given)
            {
                // The scales come first in θ, for the initial V is made from them.
                scale = Builder.Parameters($"{name}.scale", width, BlockRole.Other, Initializers.Normal(Mean.Of(given), Deviation.Of(given)));
                weights = Divided(weights, scale, fanIn);
            }

            var w = Builder.Parameters($"{name}.weight", (long)fanIn * width, encoder ? BlockRole.EncoderWeight : BlockRole.Weight, weights);
            var b = Builder.Parameters($"{name}.bias", width, encoder ? BlockRole.EncoderBias : BlockRole.Bias, bias);
            layer = _layers[name] = new(source, width, w, b, scale);
        }

        return Builder.Add(layer with { Source = source });
    }

    /// <summary>σ of the level.</summary>
    public int Activate(int source) => Builder.Activate(source, Activation.Of(_level));

    /// <summary>σ(W h + b).</summary>
    public int Layer(string name, int source, int width, bool encoder = false) => Activate(Dense(name, source, width, encoder));

    /// <summary>A layer for each width of <c>hidden</c>; a prefix of their names keeps several stacks apart.</summary>
    public int Stack(int source, string prefix = "")
    {
        var layer = 0;
        return Widths.Of(_level).Aggregate(source, (node, width) => Layer($"{prefix}hidden{++layer}", node, width));
    }

    /// <summary>The linear head, and the end.</summary>
    public NetworkGraph WithHead(int source)
    {
        Dense("head", source, _problem.Outputs.Length);
        return Builder.Build();
    }

    private static Initializer Divided(Initializer weights, int scale, int fanIn) => (block, theta, stream) =>
    {
        weights(block, theta, stream);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] /= Math.Exp(theta[scale + (i / fanIn)]);
        }
    };
}
