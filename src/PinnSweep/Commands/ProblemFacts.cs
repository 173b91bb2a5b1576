using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Trivial;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Commands;

/// <summary>
/// What the catalog tells of a problem beside its parameters: the names that benchmarks know it by, how its solution was got, how well that is
/// known, and what trivial fields score. What takes long to measure stands in the cache after <c>verify</c>; else only its limit is known.
/// </summary>
/// <param name="Cases">Names in benchmarks.</param>
/// <param name="Solution">How it was got.</param>
/// <param name="FloorLimit">What the floor may be.</param>
/// <param name="Scores">What was measured; null where it was not yet, or is not asked for.</param>
/// <param name="Void">Published forms that are void, each with its reason.</param>
internal sealed record ProblemFacts(ImmutableArray<string> Cases, string Solution, double FloorLimit, ProblemScores? Scores, ImmutableArray<(string Form, string Reason)> Void)
{
    /// <summary>Those of a kind; null where it is none of the program's own problems.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isMeasured">Whether to look for what was measured on this machine.</param>
    public static ProblemFacts? Of(string kind, bool isMeasured)
    {
        if (ProblemCatalog.All.FirstOrDefault(entry => entry.Method.Kind == kind) is not { } entry)
        {
            return null;
        }

        var problem = entry.Create(entry.Standard);
        return new(
            entry.Cases,
            problem.SolutionKind,
            problem.FloorLimit,
            isMeasured ? ProblemScores.Known(entry.Standard) : null,
            [.. entry.Variants.Select(form => ($"{form.Parameter}: {form.Value.Canonical()}", entry.Create(entry.Standard.With(form.Parameter, form.Value)).Void)).Where(form => form.Void is not null).Select(form => (form.Item1, form.Void!))]);
    }

    /// <summary>The facts as sentences.</summary>
    public IEnumerable<string> Lines()
    {
        if (!Cases.IsEmpty)
        {
            yield return $"Cases: {string.Join(", ", Cases)}";
        }

        var floor = Scores?.Floor is { } measured ? $"floor {Number(measured)}" : $"floor at most {Number(FloorLimit)}";
        var trivial = Scores?.Trivial is { } scores ? $"; trivial scores: {string.Join(", ", scores.Select(score => $"{score.Key} {Number(score.Value)}"))}" : "";
        yield return $"Solution: {Solution}, {floor}{trivial}";
        foreach (var (form, reason) in Void)
        {
            yield return $"Void: {{{form}}}, {reason}";
        }
    }

    /// <summary>Adds the facts to an entry of the catalog as JSON.</summary>
    public void AddTo(JsonObject entry)
    {
        entry["cases"] = new JsonArray([.. Cases.Select(name => (JsonNode)name)]);
        entry["solution"] = Solution;
        entry["floorLimit"] = FloorLimit;
        entry["floor"] = Scores?.Floor;
        entry["trivialScores"] = Scores?.Trivial is { } scores ? new JsonObject(scores.Select(score => KeyValuePair.Create(score.Key, (JsonNode?)score.Value))) : null;
        entry["void"] = new JsonArray([.. Void.Select(form => (JsonNode)new JsonObject { ["form"] = form.Form, ["reason"] = form.Reason })]);
    }

    private static string Number(double value) => ShortNumber.Rounded(value, 3);
}
