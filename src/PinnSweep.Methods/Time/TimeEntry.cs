using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Time;

/// <summary>A level of the factor time: in which order the moments of an evolution, or easier forms of a problem, are learned.</summary>
/// <param name="Method">Name, source and parameters.</param>
public sealed record TimeEntry(MethodEntry Method)
{
    /// <summary>Why the method cannot be used for a problem at these levels of the other factors, or null where it can.</summary>
    public Func<CellLevels, Problem, IProblemSource, string?> WhyNotApplicable { get; init; } = (_, _, _) => null;

    /// <summary>Makes the balancer of a trial from the one that the balancer's own level makes; by default that one as it is.</summary>
    public BalancerInTime Balancer { get; init; } = (_, context, _, balancer) => balancer(context);

    /// <summary>
    /// The stages that the training of a problem is divided into, at levels that are applicable; by default one, of the problem itself.
    /// </summary>
    public Func<CellLevels, Problem, IProblemSource, ImmutableArray<Stage>> Stages { get; init; } = (_, problem, _) => Stage.Whole(problem);

    /// <summary>Why trials cannot be ranked by where they stand at a part of their budget; null where they can.</summary>
    public string? WhyNoRungs { get; init; }

    /// <summary>
    /// Why a finished training cannot go on with more steps; null where nothing depends on how many there are. Nobody but the stages is told
    /// of the budget, and what has more than one never goes on, whether its entry says why or not.
    /// </summary>
    public string? WhyBegunAnew { get; init; }

    /// <summary>Why a problem without a time axis cannot be served; null where it has one.</summary>
    public static string? WhyNoTime(Problem problem) => problem.TimeAxis is null ? "the problem has no time axis" : null;
}
