using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>One line of what a problem was held against.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Value">What it came to, where it is a number.</param>
/// <param name="Limit">What it may be, or has to be at least where conditions are counted.</param>
/// <param name="Text">The same in words.</param>
/// <param name="IsNotice">It may be meant as it is.</param>
public sealed record ExaminedPart(string Name, double? Value, double? Limit, string Text, bool IsNotice = false);

/// <summary>The whole check of a problem that passed it, for people who want to see what was looked at.</summary>
public static class Examination
{
    /// <summary>Conditions along every coordinate and on the sides of a plane domain, the solution in every term, coefficients that it implies, and notices.</summary>
    public static IEnumerable<ExaminedPart> Of(Problem problem)
    {
        var at = new ConditionsAt(problem);
        for (var axis = 0; axis < problem.Dimension; axis++)
        {
            if (!DomainSides.EndsAlong(problem, axis))
            {
                continue;
            }

            var (given, needed, _) = at.Along(axis);
            var name = problem.Axes[axis].Name;
            yield return new($"conditions along {name}", given, problem.Axes[axis].Periodic ? 0 : needed, problem.Axes[axis].Periodic ? "periodic" : string.Create(CultureInfo.InvariantCulture, $"{given} given, {needed} needed"));
        }

        foreach (var side in problem.Plane is null ? [] : DomainSides.Others(problem))
        {
            var (given, needed, _) = at.On(side);
            yield return new($"conditions on {side.Name(problem)}", given, needed, string.Create(CultureInfo.InvariantCulture, $"{given} given, {needed} needed"));
        }

        foreach (var part in Solution(problem))
        {
            yield return part;
        }

        if (!problem.TestPoints.IsEmpty)
        {
            yield return new("reference", problem.TestPoints.Length / problem.Dimension, null, string.Create(CultureInfo.InvariantCulture, $"{problem.TestPoints.Length / problem.Dimension} points, which keep what conditions prescribe where they lie on sides"));
        }

        if (problem.Reference is { } computed)
        {
            yield return new("reference", computed.Grid.Floor, null, string.Create(CultureInfo.InvariantCulture, $"solved on {string.Join(" × ", computed.Shape)} points; half the resolution differs by {computed.Grid.Floor:0.0e0}"));
        }

        foreach (var notice in WellPosed.Notices(problem))
        {
            yield return new("notice", null, null, notice, IsNotice: true);
        }
    }

    private static List<ExaminedPart> Solution(Problem problem)
    {
        if (problem.Solution is not { } closed)
        {
            return [];
        }

        var (parts, points) = (new List<ExaminedPart>(), new CheckPoints(problem, PlanningWatch.None));
        try
        {
            var solution = new InsertedSolution(closed.Expressions);
            var coefficients = ImpliedCoefficients.Of(problem, points, solution);
            foreach (var term in problem.Terms.Where(term => term.MeasuredAt.IsEmpty))
            {
                parts.Add(SolutionCheck.Misfit(problem, points, term, solution, coefficients) is { } misfit
                    ? new($"exact in '{term.Name}'", misfit.Relative, SolutionCheck.Refused, $"leaves {misfit.Relative.ToString("0.0e0", CultureInfo.InvariantCulture)} of the size of its parts")
                    : new($"exact in '{term.Name}'", null, null, "not held against it, because its coefficients are unknown"));
            }

            parts.AddRange((coefficients ?? []).Select((value, index) => new ExaminedPart(
                $"coefficient '{problem.Unknowns[index].Name}'", value, null, string.Create(CultureInfo.InvariantCulture, $"{ShortNumber.Rounded(value, 6)} fits 'exact'"))));
        }
        catch (ExpressionTooLargeException)
        {
            parts.Add(new("exact", null, null, "its derivatives are too large to hold it against the equations", IsNotice: true));
        }

        return parts;
    }
}
