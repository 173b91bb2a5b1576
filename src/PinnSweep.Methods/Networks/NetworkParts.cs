using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// A network in the making, with the options that networks of dense layers share: how weights begin, random weight factorization
/// (W = diag(eˢ) V with s ~ N(mean, deviation²) and V = W₀/eˢ, both trained: Wang et al. 2022, arXiv:2210.01274), normalised coordinates,
/// harmonics of periodic ones.
/// </summary>
internal sealed class NetworkParts
{
    private readonly Level _level;
    private readonly Problem _problem;
    private readonly SpecValue.Map? _factorization;
    private readonly Dictionary<string, Node.Dense> _layers = [];

    /// <summary>Begins with the coordinates of a problem.</summary>
    public NetworkParts(Level level, Problem problem)
    {
        _level = level;
        _problem = problem;
        _factorization = level.Parameters.OptionalMap("factorization");
        (Builder, Coordinates) = Embedding.Begin(problem, level.Flag("normalise"), level.Integer("harmonics"), level.Number("span"), Embedding.SampleOf(level));
    }

    /// <summary>σ of the hidden layers.</summary>
    public static Parameter Activation { get; } = MethodParameters.Word(
        "activation",
        "σ of the hidden layers; relu2 to relu5 are max(0, z)ᵏ, of class Cᵏ⁻¹",
        [.. Activations.Words]);

    /// <summary>Where the rule of smoothness is switched off.</summary>
    public static Parameter AllowUnsuitable { get; } = MethodParameters.Flag(
        Activations.AllowUnsuitable,
        standard: false,
        "train even where σ is too rough for the problem's derivatives; such cells are marked") with
    {
        IsTold = true,
    };

    /// <summary>What every network has.</summary>
    public static ImmutableArray<Parameter> InputOptions { get; } =
    [
        MethodParameters.Flag("normalise", standard: true, "map every coordinate to [−span, span] first"),
        MethodParameters.Positive("span", 1, "largest normalised coordinate; √3 = 1.7320508 gives uniform points the standard deviation 1 (the programs of arXiv:2001.04536)"),
        Embedding.Standardise,
        MethodParameters.Count("harmonics", 1, "K of periodic coordinates x: cos(2πkx/P), sin(2πkx/P), k = 1 … K", maximum: 64),
    ];

    /// <summary>The builder.</summary>
    public NetworkBuilder Builder { get; }

    /// <summary>The normalised coordinates, periodic ones on the circle.</summary>
    public int Coordinates { get; }

    /// <summary>ω of sine units; layers after the first begin accordingly smaller under the initialisation <c>siren</c>.</summary>
    public double Frequency { get; init; } = 1;

    /// <summary>The options of networks of dense layers with a choice of activation.</summary>
    public static ImmutableArray<Parameter> Options(string initialisation = Initialisations.GlorotNormal) =>
        [Activation, AllowUnsuitable, .. DenseOptions(initialisation)];

    /// <summary>The options of dense layers.</summary>
    public static ImmutableArray<Parameter> DenseOptions(string initialisation = Initialisations.GlorotNormal, bool factorized = false)
    {
        var members = new[]
        {
            MethodParameters.Number("mean", 1, -10, 10, "mean of s (jaxpi: 0.5 or 1)"),
            MethodParameters.Number("deviation", 0.1, 0, 10, "standard deviation of s (arXiv:2210.01274)"),
        };
        var standard = members.Aggregate(SpecValue.Map.Empty.Entries, (entries, member) => entries.SetItem(member.Name, member.Default!));
        var factorization = MethodParameters.OptionalGroup("factorization", "random weight factorization W = diag(eˢ) V of every dense layer (arXiv:2210.01274), or null", members);
        return
        [
            Initialisations.Parameter(initialisation),
            factorized ? factorization with { Default = new SpecValue.Map(standard) } : factorization,
            .. InputOptions,
        ];
    }

    /// <summary>The parameter <c>hidden</c>: any widths.</summary>
    public static Parameter Hidden(ImmutableArray<int> standard, string summary) => new(
        "hidden",
        new ParameterType.ListOf(new ParameterType.Integer(1, 4096), 1),
        new SpecValue.List([.. standard.Select(width => new SpecValue.Number(width))]),
        summary);

    /// <summary>W h + b. A name used again is the same layer once more: it shares its parameters.</summary>
    public int Dense(string name, int source, int width, bool encoder = false)
    {
        if (!_layers.TryGetValue(name, out var layer))
        {
            var fanIn = Builder.Width(source);
            var (weights, bias) = Initialisations.Of(_level.Text("initialisation"), fanIn, width, first: source == Coordinates, Frequency);
            var scale = -1;
            if (_factorization is { } given)
            {
                // The scales come first in θ, for the initial V is made from them.
                scale = Builder.Parameters($"{name}.scale", width, BlockRole.Other, Initializers.Normal(given.Number("mean"), given.Number("deviation")));
                weights = Divided(weights, scale, fanIn);
            }

            var w = Builder.Parameters($"{name}.weight", (long)fanIn * width, encoder ? BlockRole.EncoderWeight : BlockRole.Weight, weights);
            var b = Builder.Parameters($"{name}.bias", width, encoder ? BlockRole.EncoderBias : BlockRole.Bias, bias);
            layer = _layers[name] = new(source, width, w, b, scale);
        }

        return Builder.Add(layer with { Source = source });
    }

    /// <summary>σ of the level.</summary>
    public int Activate(int source) => Builder.Activate(source, Activations.Parse(_level.Text("activation")));

    /// <summary>σ(W h + b).</summary>
    public int Layer(string name, int source, int width, bool encoder = false) => Activate(Dense(name, source, width, encoder));

    /// <summary>A layer for each width of <c>hidden</c>.</summary>
    public int Stack(int source)
    {
        var layer = 0;
        return _level.Parameters.Integers("hidden").Aggregate(source, (node, width) => Layer($"hidden{++layer}", node, width));
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
