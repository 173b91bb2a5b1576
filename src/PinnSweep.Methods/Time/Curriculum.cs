using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Time;

/// <summary>
/// Curriculum regularization (Krishnapriyan et al. 2021, section 4.1): one network is trained on easier problems first, a ladder in one of
/// the problem's parameters, each stage from the θ of the one before. The problem's own value always is the last rung; <c>values</c> and
/// those <c>between</c> them and it come before, so one level serves several problems. Errors are those of the problem itself in every stage.
/// </summary>
/// <remarks>
/// The paper trains every rung to L-BFGS's own end; here stages divide the budget, so that methods compare at equal cost. Of a problem file
/// the ladder may be in any constant, as far as that stands in expressions: numbers such as the ends of coordinates are worked out when the
/// file is read, and stay.
/// </remarks>
internal static class Curriculum
{
    private static readonly Parameter<string> NameInProblem = MethodParameters.Name(
        "parameter",
        "the parameter of the problem, a number or a constant in the expressions of its file (Krishnapriyan et al.: beta of convection, "
            + "rho of reaction; arXiv:2308.08468: reynolds of the cavity)");
    private static readonly Parameter<ImmutableArray<double>> Values = MethodParameters.Numbers(
        "values", new(), 1, "its values in the order of the stages, without the problem's own, which always comes last");
    private static readonly Parameter<int> Between = MethodParameters.Count(
        "between", 0, "further stages at equal distances between the last of the values and the problem's own, so that one level serves several problems",
        minimum: 0,
        maximum: 1000) with { Absent = new SpecValue.Number(0) };
    private static readonly Parameter<ImmutableArray<double>> Parts = MethodParameters.OptionalNumbers(
        "shares",
        new(0, double.MaxValue, ExclusiveMinimum: true),
        2,
        "parts of the budget in proportion, one for each stage, the problem's own last; null for equal ones");

    /// <summary>The catalog's entry.</summary>
    public static TimeEntry Entry { get; } = WithinStages.Entry(
        new(
            Factor.Time,
            "curriculum",
            "the network learns easier problems first: a ladder in one of the problem's parameters that ends at its own value",
            "Krishnapriyan, Gholami, Zhe, Kirby, Mahoney, NeurIPS 2021, arXiv:2109.01050",
            [NameInProblem, Values, Between, Parts, WithinStages.Parameter]),
        (levels, _, problems) => WhyNot(levels, problems),
        Stages);

    /// <summary>The parameter that a level names, beside those that the problem has.</summary>
    internal static NameOfProblem NameOf(Level level, Level problem, IProblemSource problems) =>
        new(NameInProblem.Name, "parameter", NameInProblem.Of(level), [.. problems.Numbers(problem).Keys]);

    private static ImmutableArray<Stage> Stages(CellLevels levels, Problem problem, IProblemSource problems)
    {
        var shares = Shares(levels.Time);
        return
        [
            .. Rungs(levels).Select(value => problems.Of(Rung(levels, value))).Append(problem).Select((rung, number) => new Stage(_ => rung, shares[number])
            {
                Event = number > 0 ? "time: next rung of the curriculum" : null,
            }),
        ];
    }

    private static string? WhyNot(CellLevels levels, IProblemSource problems)
    {
        var (name, stages) = (NameInProblem.Of(levels.Time), Values.Of(levels.Time).Length + Between.Of(levels.Time) + 1);
        if (Shares(levels.Time).Length is var shares && shares != stages)
        {
            throw new UserMistakeException(FormattableString.Invariant(
                $"time 'curriculum': {shares} shares for {stages} stages; there is one for each value before the problem's own and one for that"));
        }

        var allowed = problems.Numbers(levels.Problem);
        if (!allowed.TryGetValue(name, out var type))
        {
            return $"problem {levels.Problem.Kind} has no parameter {NearestMatch.Quote(name)} that is a number"
                + (allowed.IsEmpty ? "; it has none at all" : $" (it has {string.Join(", ", allowed.Keys)})");
        }

        var values = Rungs(levels);
        foreach (var value in values)
        {
            if (!Accepts(type, value))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name} = {value} is not {TypeWords.Of(type)}");
            }
        }

        return WhyNoRung(levels, values, problems) ?? (values[^1] == levels.Problem.Parameters.Number(name)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} = {values[^1]} is the problem's own value, which comes last by itself and is left out of values")
            : null);
    }

    /// <summary>A value at which an expression of a problem file has a constant that is not finite, or derivatives without end.</summary>
    private static string? WhyNoRung(CellLevels levels, ImmutableArray<double> values, IProblemSource problems)
    {
        foreach (var value in values)
        {
            if (problems.WhyNot(Rung(levels, value).Problem) is { } reason)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{NameInProblem.Of(levels.Time)} = {value}: {reason}");
            }
        }

        return null;
    }

    private static bool Accepts(ParameterType type, double value) => type switch
    {
        ParameterType.Integer integer => Math.Floor(value) == value && value >= integer.Minimum && value <= integer.Maximum,
        ParameterType.Number number => (number.ExclusiveMinimum ? value > number.Minimum : value >= number.Minimum) && value <= number.Maximum,
        _ => false,
    };

    /// <summary>The values of all stages but the last.</summary>
    private static ImmutableArray<double> Rungs(CellLevels levels)
    {
        var (given, between) = (Values.Of(levels.Time), Between.Of(levels.Time));
        if (between == 0)
        {
            return given;
        }

        var (last, own) = (given[^1], levels.Problem.Parameters.Number(NameInProblem.Of(levels.Time)));
        return [.. given, .. Enumerable.Range(1, between).Select(i => last + ((own - last) * i / (between + 1)))];
    }

    private static CellLevels Rung(CellLevels levels, double value) =>
        levels with { Problem = levels.Problem.With(NameInProblem.Of(levels.Time), new SpecValue.Number(value)) };

    private static ImmutableArray<double> Shares(Level level)
    {
        var given = Parts.Of(level) is { IsEmpty: false } parts ? parts : [.. Enumerable.Repeat(1.0, Values.Of(level).Length + Between.Of(level) + 1)];
        var sum = given.Sum();
        return [.. given.Select(share => share / sum)];
    }
}
