using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Preparation;

/// <summary>The parts of a stage of a trial, ready to train. Most trials have one stage only.</summary>
/// <param name="Description">What they were made from.</param>
/// <param name="Problem">The problem of the stage.</param>
/// <param name="Engine">Derivatives of the network; owned.</param>
/// <param name="Sampler">Where the points lie.</param>
/// <param name="Balancer">What weighs the terms.</param>
/// <param name="Probe">What tells the balancer about points.</param>
/// <param name="Optimizer">What moves θ.</param>
/// <param name="Events">What the parts count, in all stages.</param>
/// <param name="Theta">θ at the beginning of the stage, coefficients last.</param>
public sealed record TrialAssembly(
    TrialDescription Description,
    Problem Problem,
    IJetEngine Engine,
    ISampler Sampler,
    IBalancer Balancer,
    TermProbe Probe,
    IOptimizer Optimizer,
    EventCounts Events,
    double[] Theta)
{
    /// <summary>What the network adds to the loss that depends on θ alone, or null.</summary>
    public IParameterPenalty? Penalty { get; init; }

    /// <summary>The problem that the trial is judged by, whatever its stages train on.</summary>
    public Problem Target { get; init; } = Problem;

    /// <summary>The same as its level states it, before the network kept any of its conditions by construction.</summary>
    public Problem Stated { get; init; } = Problem;

    /// <summary>What a reader of the result should know of the methods.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The stages of the trial.</summary>
    public ImmutableArray<Stage> Stages { get; init; } = Stage.Whole(Problem);

    /// <summary>The number of this one, from 0.</summary>
    public int StageNumber { get; init; }

    /// <summary>Whether the same training with more steps goes through its end: nothing in it depends on how many there are.</summary>
    public bool MayGoOn => Stages.Length == 1 && Description.Budget.Steps is not null;

    /// <summary>The part of the budget that is used up when the stage ends.</summary>
    internal double Shares { get; init; } = 1;

    /// <summary>What made the parts.</summary>
    internal StageMaker? Maker { get; init; }

    /// <summary>Makes the optimizer as it was at the beginning of the stage.</summary>
    internal Func<IOptimizer>? NewOptimizer { get; init; }

    /// <summary>What the problem may still ask; owned.</summary>
    internal TrainedNetwork? Previous { get; init; }

    /// <summary>Makes the parts of the next stage. The engine and what this stage's problem asked are no longer this one's.</summary>
    /// <param name="theta">The θ that this stage ended with.</param>
    public TrialAssembly Next(double[] theta)
    {
        Probe.Dispose();
        Previous?.Dispose();
        Engine.SetParameters(theta);
        return Maker!.Next(this, theta);
    }

    /// <summary>The same parts with an optimizer as it was made at the beginning of the stage.</summary>
    public TrialAssembly WithFreshOptimizer() => this with { Optimizer = NewOptimizer!() };

    /// <summary>The parts of the first stage once more, as at the beginning of the trial.</summary>
    internal TrialAssembly Again() => Maker!.First();

    /// <summary>Disposes of what the stage owns.</summary>
    public void Release()
    {
        Probe.Dispose();
        Previous?.Dispose();
        Engine.Dispose();
    }
}
