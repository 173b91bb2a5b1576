using System.Collections.Immutable;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Training.Evaluations;

/// <summary>Uniform points of every term that no trial trains on; measured values keep theirs.</summary>
internal static class IndependentPoints
{
    // No trial has this seed.
    private const long Seed = long.MinValue;

    /// <summary>The points.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="interior">How many in the domain.</param>
    /// <param name="sides">How many of every other set.</param>
    public static ISampler Of(Problem problem, int interior, int sides)
    {
        var counts = problem.WithoutData().UsedPointSets.ToImmutableSortedDictionary(
            set => set, SpecValue (set) => new SpecValue.Number(set == PointSets.Interior ? interior : sides), StringComparer.Ordinal);
        return MeasuredPoints.Around(problem, drawn => UniformSampler.Entry.Create(new(UniformSampler.Entry.Method.Kind, new(counts)), drawn, Seed));
    }
}
