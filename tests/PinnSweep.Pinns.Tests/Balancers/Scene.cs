using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>A small problem for balancers: terms, a network of 25 parameters in blocks, a probe with given answers.</summary>
internal sealed class Scene : ITermProbe
{
    private static readonly NetworkGraph Small = SmallNetwork();

    public ImmutableArray<TermInfo> Terms { get; init; } =
    [
        new("residual", TermRole.Residual, 5, 10),
        new("boundary", TermRole.Boundary, 3, 1),
        new("initial", TermRole.Initial, 2, 2),
    ];

    public ImmutableArray<bool> FixedPoints { get; init; } = [true, true, true];

    public NetworkGraph Network { get; init; } = Small;

    public EventCounts Events { get; } = new();

    public double LearningRate { get; init; } = 1e-3;

    public long Seed { get; init; } = 7;

    /// <summary>Coordinates by term, two a point.</summary>
    public double[][] Points { get; set; } = [new double[10], new double[6], new double[4]];

    /// <summary>Squared norms of single gradients by term.</summary>
    public double[][] SquaredNorms { get; set; } = [[1, 1, 1, 1, 1], [1, 1, 1], [1, 1]];

    /// <summary>Sums of single gradients by term.</summary>
    public double[][] GradientSums { get; set; } = [new double[25], new double[25], new double[25]];

    public static int ParameterCount => Small.ParameterCount;

    public int PointCount => Terms.Sum(term => term.Points);

    public static ParameterBlock Block(string name) => Small.Blocks.Single(block => block.Name == name);

    /// <summary>θ is one weight matrix of the given length, so that gradients can be written down in full.</summary>
    public static Scene Flat(int parameters, params TermRole[] roles)
    {
        var builder = new NetworkBuilder([0, 0], [1, 1]);
        builder.Parameters("matrix", parameters, BlockRole.Weight, Initializers.Constant(0));
        var terms = WithTerms(roles);
        return new() { Network = builder.Build(), Terms = terms.Terms, FixedPoints = terms.FixedPoints };
    }

    public static Scene WithTerms(params TermRole[] roles) => new()
    {
        Terms = [.. roles.Select((role, k) => new TermInfo($"term{k}", role, 2, 1))],
        FixedPoints = [.. roles.Select(_ => true)],
    };

    public IBalancer Create(string kind, params (string Name, object Value)[] parameters) =>
        BalancerCatalog.Create(Context(), MethodLevels.Of(BalancerCatalog.Find(kind).Method, parameters));

    /// <summary>A balancer under causal weights; the second coordinate of <see cref="Points"/> is time.</summary>
    public IBalancer CreateCausal(Func<BalancerContext, IBalancer> balancer, params (string Name, object Value)[] parameters) => CausalWeights.Entry.Balancer(
        PinnCatalog.Problem(MethodLevels.Of(Burgers.Entry.Method)), Context(), MethodLevels.Of(CausalWeights.Entry.Method, parameters), balancer);

    public BalancerContext Context() => new(Terms, Network, 0, LearningRate, FixedPoints, new RandomStream(Seed, "balancer"), Events) { Probe = this };

    public ReadOnlySpan<double> Coordinates(int term) => Points[term];

    public void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum)
    {
        SquaredNorms[term].AsSpan(0, squaredNorms.Length).CopyTo(squaredNorms);
        if (!weights.IsEmpty)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(squaredNorms, weights[..squaredNorms.Length], squaredNorms);
        }

        if (!sum.IsEmpty)
        {
            sum.Clear();
            GradientSums[term].CopyTo(sum);
        }
    }

    private static NetworkGraph SmallNetwork()
    {
        var builder = new NetworkBuilder([0, 0], [1, 1]);
        var node = NetworkBuilder.Input;
        node = builder.Activate(builder.Dense("hidden0", node, 3), ActivationKind.Tanh);
        node = builder.Activate(builder.Dense("hidden1", node, 3), ActivationKind.Tanh);
        builder.Dense("output", node, 1);
        return builder.Build();
    }
}

/// <summary>Levels with defaults filled in.</summary>
internal static class MethodLevels
{
    public static Level Of(MethodEntry method, params (string Name, object Value)[] parameters)
    {
        var map = Defaults(method.Parameters, SpecValue.Map.Empty);
        foreach (var (name, value) in parameters)
        {
            var parameter = method.Parameters.SingleOrDefault(p => p.Name == name) ?? throw new ArgumentException($"{method.Kind} has no parameter {name}");
            var type = parameter.Type is ParameterType.Optional optional ? optional.Type : parameter.Type;
            var given = Value(value);
            map = new(map.Entries.SetItem(name, type is ParameterType.Group group && given is SpecValue.Map entries ? Defaults(group.Members, entries) : given));
        }

        // As in a plan: what a level without the parameter means is left out.
        return new(method.Kind, new(map.Entries.RemoveRange(method.Parameters.Where(p => p.Absent is not null && p.Absent == map.Entries[p.Name]).Select(p => p.Name))));
    }

    private static SpecValue.Map Defaults(ImmutableArray<Parameter> parameters, SpecValue.Map given) =>
        new(parameters.Where(p => p.Default is not null && !given.Entries.ContainsKey(p.Name)).Aggregate(given.Entries, (entries, p) => entries.SetItem(p.Name, p.Default!)));

    private static SpecValue Value(object value) => value switch
    {
        SpecValue given => given,
        string text => new SpecValue.Text(text),
        bool flag => new SpecValue.Flag(flag),
        int number => new SpecValue.Number(number),
        double number => new SpecValue.Number(number),
        double[] numbers => new SpecValue.List([.. numbers.Select(n => new SpecValue.Number(n))]),
        int[] numbers => new SpecValue.List([.. numbers.Select(n => new SpecValue.Number(n))]),
        (string, object)[] entries => new SpecValue.Map(entries.ToImmutableSortedDictionary(e => e.Item1, e => Value(e.Item2), StringComparer.Ordinal)),
        _ => throw new ArgumentException($"no value of a study file: {value}"),
    };
}

/// <summary>What one step shows to a balancer; losses follow from residuals where those are given.</summary>
internal sealed class Frame
{
    private readonly double[] _weights = new double[8];

    public int Step { get; init; }

    public double LearningRate { get; init; } = 1e-3;

    public double[] Losses { get; init; } = [];

    public double[] Residuals { get; init; } = [];

    public double[] Gradients { get; init; } = [];

    public double[]? WeightedLosses { get; init; }

    public StepObservation Observation => new()
    {
        Step = Step,
        LearningRate = LearningRate,
        ParameterCount = Gradients.Length / Math.Max(1, Losses.Length),
        Losses = Losses,
        WeightedLosses = WeightedLosses ?? Losses,
        Gradients = Gradients,
        Residuals = Residuals,
    };

    /// <summary>The term weights of the last turn's direction, which <see cref="IBalancer.AfterStep"/> may have changed since.</summary>
    public ReadOnlySpan<double> WeightsAtUpdate => _weights.AsSpan(0, Losses.Length);

    /// <summary>Gradients that put the given short vectors into one block of θ, zeros elsewhere.</summary>
    public static double[] InBlock(string block, params double[][] vectors)
    {
        var gradients = new double[vectors.Length * Scene.ParameterCount];
        for (var k = 0; k < vectors.Length; k++)
        {
            vectors[k].CopyTo(gradients, (k * Scene.ParameterCount) + Scene.Block(block).Offset);
        }

        return gradients;
    }

    /// <summary>One turn as the training loop makes it; returns the direction.</summary>
    public double[] Turn(IBalancer balancer)
    {
        var direction = new double[Observation.ParameterCount];
        Turn(balancer, direction);
        return direction;
    }

    public void Turn(IBalancer balancer, Span<double> direction)
    {
        var needsTermGradients = balancer.NeedsTermGradients(Step);
        var observation = needsTermGradients ? Observation : Observation with { Gradients = [] };
        if (balancer.NeedsResidualsFirst)
        {
            balancer.ObserveResiduals(observation);
        }

        if (needsTermGradients)
        {
            balancer.Update(observation);
            balancer.Combine(observation, direction);
        }
        else
        {
            Flat.WeightedSum(balancer.TermWeights, Gradients, direction);
            BalancerStep.Update(balancer, observation, direction);
        }

        balancer.TermWeights.CopyTo(_weights);
        balancer.AfterStep(observation);
    }
}
