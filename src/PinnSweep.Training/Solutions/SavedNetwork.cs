using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Solutions;

/// <summary>
/// A trained network: the parameters that its trial's final error was measured with, and the description from which everything else is
/// made again.
/// </summary>
/// <param name="Description">The canonical description of the trial.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="RelativeL2">The error that the parameters were measured with; not a number where no solution is known.</param>
/// <param name="Parts">The networks in the order of their stages: one, but where windows of time have one each.</param>
/// <param name="Coefficients">The coefficients found, by name; they are part of θ too.</param>
public sealed record SavedNetwork(
    string Description, int Steps, double RelativeL2, ImmutableArray<SavedPart> Parts, ImmutableSortedDictionary<string, double> Coefficients)
{
    /// <summary>The values of the coefficients that stand behind the network's parameters in θ.</summary>
    public static ImmutableSortedDictionary<string, double> CoefficientsOf(Problem problem, ReadOnlySpan<double> theta)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < problem.Unknowns.Length; i++)
        {
            found[problem.Unknowns[i].Name] = problem.Unknowns[i].ValueOf(theta[^(problem.Unknowns.Length - i)]);
        }

        return found.ToImmutable();
    }
}

/// <summary>A network of one stage.</summary>
/// <param name="Stage">The number of the stage, from 0, that it was trained in.</param>
/// <param name="Until">The last moment at which it is the solution; null for the last one, which is from there on, or alone.</param>
/// <param name="Theta">θ, coefficients last.</param>
public sealed record SavedPart(int Stage, double? Until, ImmutableArray<double> Theta);
