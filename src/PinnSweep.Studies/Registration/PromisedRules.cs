using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Registration;

/// <summary>
/// The rules of a study in words: everything in a plan that decides what is trained and how it is judged. Only what a stored plan still
/// knows is looked at, so that a plan and the same plan from a store say the same.
/// </summary>
internal static class PromisedRules
{
    public static ImmutableArray<PromisedRule> Of(StudyPlan plan)
    {
        var spec = plan.Spec;
        return
        [
            new("metric", [spec.Metric]),
            new("seeds", [Runs(spec.Seeds)]),
            new("budget", [.. Budgets(plan)]),
            new("evaluate_every", [Number(spec.EvaluateEvery)]),
            new("converged_below", [Number(spec.ConvergedBelow)]),
            .. spec.Control is { } control ? [new PromisedRule("control", [$"{control.Factor.ToWord()} {Words(control.Level)}"])] : ImmutableArray<PromisedRule>.Empty,
            .. spec.Exclude.IsEmpty ? ImmutableArray<PromisedRule>.Empty : [new PromisedRule("exclude", [.. spec.Exclude.Select(rule => rule.ToString())])],
            .. spec.Methods is { } methods ? [new PromisedRule("methods", [.. methods.All.Select(method => $"{method.Name}: {string.Join(", ", methods.Factors.Select(factor => $"{factor.ToWord()} {Words(method.Levels[factor])}"))}")])] : ImmutableArray<PromisedRule>.Empty,
            .. spec.Factors.Select(factor => new PromisedRule($"factors.{factor.Key.ToWord()}", [.. factor.Value.Select(level => Words(level) + Ranges(plan, factor.Key, level))])),
            .. Section("tune", spec.Tune),
            .. Section("replicate", spec.Replicate),
        ];
    }

    /// <summary>Whole numbers with neighbours written together: <c>1 … 10, 20</c>.</summary>
    internal static string Runs(ImmutableArray<long> numbers)
    {
        var runs = new List<(long From, long To)>();
        foreach (var number in numbers)
        {
            if (runs is [.., var last] && last.To + 1 == number)
            {
                runs[^1] = (last.From, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        return string.Join(", ", runs.Select(run => run.From == run.To ? Number(run.From) : $"{Number(run.From)} … {Number(run.To)}"));
    }

    /// <summary>Every key of a section, those of later versions too.</summary>
    private static IEnumerable<PromisedRule> Section<T>(string name, T? section)
        where T : class => section is null ? [] : StageJson.Element(section).EnumerateObject().Select(entry => new PromisedRule($"{name}.{entry.Name}", [Words(entry.Value)]));

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Words)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(entry => $"{entry.Name} {Words(entry.Value)}")),
        _ => value.ToString(),
    };

    private static string Words(Level level) => level.Parameters.Entries.IsEmpty ? level.Kind : $"{level.Kind} {level.Parameters.Canonical()}";

    private static string Ranges(StudyPlan plan, Factor factor, Level level)
    {
        var space = plan.Searches.SelectMany(search => search.Levels[factor]).FirstOrDefault(space => space.Level == level);
        return string.Concat((space?.Ranges ?? []).Select(range => $", {range.Name} {range.Scale}"));
    }

    /// <summary>The budget, and where cells have others, each of those. What a search trains for is among the rules of the search.</summary>
    private static IEnumerable<string> Budgets(StudyPlan plan) => plan.Trials.Where(_ => !plan.Spec.IsStaged)
        .Select(trial => trial.Description.Budget).Where(budget => budget != plan.Spec.Budget).Distinct().OrderBy(budget => budget.Steps ?? budget.Seconds)
        .Prepend(plan.Spec.Budget).Select(Words);

    private static string Words(Budget budget) => budget.Steps is { } steps ? $"{Number(steps)} steps" : $"{Number(budget.Seconds!.Value)} s";

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
