using System.Globalization;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Planning;

/// <summary>What <c>plan</c> says of spaces: dimensions, exact counts, the first and last points, what the stages cost.</summary>
internal static class SpaceText
{
    private const int First = 3;
    private const int MostShown = 6;

    /// <summary>The points of a design, and the searches with their purse; no line for a study without ranges.</summary>
    public static IEnumerable<string> Of(StudyPlan plan) => Design(plan.Spec).Concat(Searches(plan)).Concat(Cost(plan));

    private static IEnumerable<string> Design(StudySpec spec)
    {
        if (spec.Design is not { } design)
        {
            yield break;
        }

        yield return "";
        foreach (var part in spec.Designed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"design {design.Kind.ToWord()}: {StagedSummary.Count(part.Points.Length, "point")}{(design.Kind == DesignKind.Grid ? "" : $", seed {design.Seed}")}, for each of {StagedSummary.Count(part.Combinations, "combination")} of levels");
            foreach (var line in Dimensions(part.Space).Concat(Points(part.Space, [.. part.Points])))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Searches(StudyPlan plan)
    {
        if (plan.Spec.Tune is not { } tune)
        {
            yield break;
        }

        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"searches: {plan.Searches.Length}, design {tune.Design.ToWord()}, by {tune.By}{(tune.IsOnTheTruth ? " (tuned on the truth)" : "")}, seeds {string.Join(", ", tune.Seeds)} of the tuning");
        foreach (var (search, number) in plan.Searches.Select((search, number) => (search, number)))
        {
            var space = search.Space.Space;
            var purse = tune.Seconds is { } seconds && !space.Dimensions.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s of training")
                : StagedSummary.Count(StagedCost.Proposals(tune, search)!.Value, "proposal");
            yield return string.Create(CultureInfo.InvariantCulture, $"{number + 1,5}  {search.Name}: {purse} in {StagedSummary.Count(space.Dimensions.Length, "dimension")}{(space.Dimensions.IsEmpty ? "; nothing to choose, its default is evaluated" : "")}");
            foreach (var line in Dimensions(space).Concat(Points(space, [.. plan.Stages[0].Searches.Where(decision => decision.Search == number).SelectMany(decision => decision.Proposed)])))
            {
                yield return line;
            }

            if (tune.Rungs is { } rungs)
            {
                yield return $"       {string.Join(", ", StagedCost.Rungs(tune, search).Zip(rungs.Steps, (count, steps) => string.Create(CultureInfo.InvariantCulture, $"{count} to {steps} steps")))}";
            }
        }
    }

    private static IEnumerable<string> Cost(StudyPlan plan)
    {
        if (!plan.Spec.IsStaged)
        {
            yield break;
        }

        var cost = StagedCost.Of(plan);
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"trials: {cost.Begin:N0} to begin with");
        if (plan.Spec.Tune is { } tune)
        {
            yield return cost.Tuning is { } tuning
                ? string.Create(CultureInfo.InvariantCulture, $"  tuning: at most {tuning:N0} trials{Steps(cost.TuningSteps)}{(tune.Rungs is null ? "" : ", each rung going on where the one before ended")}")
                : string.Create(CultureInfo.InvariantCulture, $"  tuning: {plan.Searches.Length * tune.Seconds:N0} s of training in all searches, and what their last generations take beyond");
        }

        var name = plan.Spec.Tune is null ? "looks" : "evaluation, default and tuned";
        if (plan.Spec.Replicate is not { Looks.Length: > 1 } replicate)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {name}: {cost.Fewest:N0} to {cost.Most:N0} trials{Steps(cost.MostSteps)}{(cost.Fewest == cost.Most ? "" : "; fewer where a default is chosen")}");
            yield break;
        }

        var rarely = replicate.Spending == Studies.Replication.SpendingFunction.OBrienFleming && replicate.Looks[0] <= 5
            ? string.Create(CultureInfo.InvariantCulture, $", which o-brien-fleming hardly ever does with {replicate.Looks[0]} seeds")
            : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"  {name}: at most {cost.Most:N0} trials{Steps(cost.MostSteps)}; {cost.Fewest:N0}{(plan.Spec.Tune is null ? "" : $" to {(long)cost.Cells * replicate.Looks[0]:N0}")} if the first look decides all{rarely}");
    }

    private static string Steps(long? steps) => steps is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} steps") : "";

    private static IEnumerable<string> Dimensions(SearchSpace space) => space.Dimensions.Select(dimension => $"       {dimension.Name}: {Scale(space, dimension)}");

    private static string Scale(SearchSpace space, Dimension dimension)
    {
        var under = dimension.When is { } when ? $", where {space.Dimensions[when.Dimension].Name} is {Short(((DimensionScale.Choice)space.Dimensions[when.Dimension].Scale).Values[when.Value])}" : "";
        return dimension.Scale is DimensionScale.Choice choice ? $"one of {string.Join(", ", choice.Values.Select(Short))}{under}" : $"{dimension.Scale}{under}";
    }

    /// <summary>All of a few points; of many the first and the last.</summary>
    private static IEnumerable<string> Points(SearchSpace space, IReadOnlyList<SpacePoint> points)
    {
        for (var i = 0; i < (space.Dimensions.IsEmpty ? 0 : points.Count); i++)
        {
            if (points.Count > MostShown && i == First)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"         …  {points.Count - (2 * First):N0} more");
                i = points.Count - First;
            }

            yield return string.Create(CultureInfo.InvariantCulture, $"      {i,4}  {string.Join(", ", space.Dimensions.Zip(points[i].Values, (dimension, value) => (dimension.Name, value)).Where(one => one.value is not null).Select(one => $"{one.Name} {Short(one.value!)}"))}");
        }
    }

    /// <summary>A level by its kind and what it sets; any other value as files have it.</summary>
    private static string Short(SpecValue value)
    {
        const int Longest = 60;
        var text = value is SpecValue.Map map && map.Entries.TryGetValue("kind", out var kind) && kind is SpecValue.Text { Value: var word } ? word : value.Canonical().Replace("\"", "", StringComparison.Ordinal);
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
