using System.Collections.Immutable;
using PinnSweep.Methods.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Time;

/// <summary>
/// Time marching (Wight, Zhao 2021; sequence-to-sequence learning of Krishnapriyan et al. 2021): the time is cut into windows of equal
/// length, and each has a network of its own with inputs normalized to it. The first window keeps the problem's initial conditions B[u] =
/// 0; in a later one they become B[u] − B[u⁻] = 0 at its first moment with the network u⁻ of the window before. B is affine in u, so
/// prescribed values cancel and conditions on velocities go on like those on values.
/// </summary>
/// <remarks>
/// The solution is made of pieces: up to the end of each finished window its own network is, and the one in training is from there on, also
/// beyond its window. Windows divide the budget equally.
/// </remarks>
internal static class TimeWindows
{
    private static readonly Parameter<int> Count = MethodParameters.Count(
        "count", 5, "windows of equal length (arXiv:2308.08468: 1 to 20 by problem)", minimum: 2, maximum: 1000);
    private static readonly Parameter<Theta> Start = MethodParameters.Choice(
        "start",
        "θ of a later window: previous takes that of the one before it (arXiv:2203.07404), fresh draws it anew",
        Theta.Previous, Theta.Fresh);

    /// <summary>The catalog's entry.</summary>
    public static TimeEntry Entry { get; } = WithinStages.Entry(
        new(
            Factor.Time,
            "windows",
            "windows of time one after another, each with a network that begins where the one before it ends",
            "Wight, Zhao, Commun. Comput. Phys. 29 (2021) 930, arXiv:2007.04542; Krishnapriyan et al., NeurIPS 2021, arXiv:2109.01050",
            [Count, Start, WithinStages.Parameter]),
        WhyNot,
        Stages);

    private static ImmutableArray<Stage> Stages(CellLevels levels, Problem problem, IProblemSource problems)
    {
        var count = Count.Of(levels.Time);
        return
        [
            .. Enumerable.Range(0, count).Select(number => new Stage(previous => Window(problem, number, count, previous), 1.0 / count)
            {
                IsFresh = number > 0 && Start.Of(levels.Time) == Theta.Fresh,
                SolvesUntil = number < count - 1 ? Border(problem, number + 1, count) : null,
                Event = number > 0 ? "time: next window" : null,
            }),
        ];
    }

    private static Problem Window(Problem problem, int number, int count, TrainedNetwork? previous)
    {
        var time = problem.TimeAxis!.Value;
        var (lower, upper) = (Border(problem, number, count), Border(problem, number + 1, count));
        return problem with
        {
            Axes = problem.Axes.SetItem(time, problem.Axes[time] with { Lower = lower, Upper = upper }),
            Terms = [.. problem.Terms.Select(term => term.Role == TermRole.Initial && previous is not null ? Continued(term, previous) : Measured(term, problem, lower, upper))],
        };
    }

    private static LossTerm Continued(LossTerm term, TrainedNetwork previous)
    {
        var linear = LinearPart.Of(term.Residual)!;
        return term with { Residual = linear - previous.ValueOf($"{term.Name} of the window before", linear) };
    }

    /// <summary>Measured values of the window alone; one on a border belongs to the earlier window, as the solution there does.</summary>
    private static LossTerm Measured(LossTerm term, Problem problem, double lower, double upper)
    {
        var (time, first) = (problem.TimeAxis!.Value, problem.Axes[problem.TimeAxis!.Value].Lower);
        return term.MeasuredAt.IsEmpty ? term : term with
        {
            MeasuredAt = [.. term.MeasuredAt.Chunk(problem.Dimension).Where(point => (point[time] > lower || lower == first) && point[time] <= upper).SelectMany(point => point)],
        };
    }

    private static double Border(Problem problem, int number, int count)
    {
        var axis = problem.Axes[problem.TimeAxis!.Value];
        return number == count ? axis.Upper : axis.Lower + (axis.Extent * number / count);
    }

    private static string? WhyNot(CellLevels levels, Problem problem, IProblemSource problems)
    {
        if (TimeEntry.WhyNoTime(problem) is { } reason)
        {
            return reason;
        }

        var time = problem.TimeAxis!.Value;
        var initial = problem.Terms.Where(term => term.Role == TermRole.Initial).ToList();
        var first = new Face(time, Upper: false);
        return problem.Axes[time].Periodic ? "the solution repeats in time"
            : problem.IsInAnsatz ? $"the network keeps conditions by construction ({HardOption.Option.Name}: true); a window begins with those of the window before"
            : problem.Coefficients > 0 ? "every window would find unknown coefficients of its own"
            : initial.Count == 0 ? "the problem has no initial condition to begin a window with"
            : initial.Find(term => !term.Faces.SequenceEqual([first])) is { } elsewhere ? $"the initial condition '{elsewhere.Name}' holds elsewhere than at the first moment"
            : problem.Terms.FirstOrDefault(term => term.Role != TermRole.Initial && term.Faces.Any(face => face.EndsAlong(time))) is { } moment
                ? $"'{moment.Name}' is a condition at a moment of time and no initial one"
            : problem.Terms.FirstOrDefault(term => term.Faces.Any(face => face.Within is { } within && within.Axes.Contains(time))) is { } part
                ? $"'{part.Name}' holds for a part of the time"
            : initial.Find(term => LinearPart.Of(term.Residual) is not { } linear || LinearPart.IsZero(linear)) is { } nonlinear
                ? $"the initial condition '{nonlinear.Name}' is not affine in the unknown functions"
            : WhyUnmeasured(levels, problem);
    }

    private static string? WhyUnmeasured(CellLevels levels, Problem problem)
    {
        var count = Count.Of(levels.Time);
        foreach (var term in problem.Terms.Where(term => !term.MeasuredAt.IsEmpty))
        {
            for (var number = 0; number < count; number++)
            {
                if (Measured(term, problem, Border(problem, number, count), Border(problem, number + 1, count)).MeasuredAt.IsEmpty)
                {
                    return FormattableString.Invariant($"no value of '{term.Name}' was measured in window {number + 1} of {count}");
                }
            }
        }

        return null;
    }

    private enum Theta
    {
        Previous,
        Fresh,
    }
}
