using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What an optimizer is made for.</summary>
/// <param name="ParameterCount">Length of θ.</param>
/// <param name="RoundToSingle">Whether θ is rounded to single precision after every step, as float32 training does.</param>
public sealed record OptimizerContext(int ParameterCount, bool RoundToSingle)
{
    /// <summary>The weight matrices within θ.</summary>
    public ImmutableArray<ParameterMatrix> Matrices { get; init; } = [];

    /// <summary>Counts evaluations, restarts and the like.</summary>
    public EventCounts Events { get; init; } = new();

    /// <summary>The optimizer's own random stream.</summary>
    public RandomStream Stream { get; init; } = new(0, "optimizer");

    /// <summary>The context of a trial.</summary>
    public static OptimizerContext For(NetworkGraph network, Problem problem, TrialDescription description, EventCounts events) =>
        new(network.ParameterCount + problem.Coefficients, description.Levels.Precision == Precision.Float32)
        {
            Matrices = ParameterMatrix.Of(network),
            Events = events,
            Stream = new(description.Seed, "optimizer"),
        };
}

/// <summary>A weight matrix within θ, row-major: one row an output, one column an input.</summary>
public readonly record struct ParameterMatrix(int Offset, int Rows, int Columns)
{
    /// <summary>Rows · Columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>The matrices of a network's dense layers, each once, in the order of θ.</summary>
    public static ImmutableArray<ParameterMatrix> Of(NetworkGraph network) =>
        [.. network.Nodes.OfType<Node.Dense>().Select(node => new ParameterMatrix(node.WeightOffset, node.Width, network.Nodes[node.Source].Width)).Distinct().OrderBy(matrix => matrix.Offset)];
}

/// <summary>What an optimizer asks of the rest of a trial.</summary>
public sealed record OptimizerNeeds
{
    /// <summary>The longest θ that it takes.</summary>
    public int MostParameters { get; init; } = int.MaxValue;

    /// <summary>Whether its direction must be the gradient of one loss, because it evaluates that loss elsewhere.</summary>
    public bool GradientOfOneLoss { get; init; }

    /// <summary>Whether points must stay for longer than one step.</summary>
    public bool PointsThatStay { get; init; }

    /// <summary>Steps that are taken before its last phase begins; 0 without phases.</summary>
    public long StepsBeforeLastPhase { get; init; }

    /// <summary>Whether single precision spoils it.</summary>
    public bool Float64Advised { get; init; }
}

/// <summary>An optimizer of the catalogue.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Create">Makes an optimizer from its level, all defaults filled in.</param>
public sealed record OptimizerEntry(MethodEntry Method, Func<OptimizerContext, Level, IOptimizer> Create)
{
    /// <summary>What a level of it needs; nothing by default.</summary>
    public Func<Level, OptimizerNeeds> Needs { get; init; } = _ => new();
}
