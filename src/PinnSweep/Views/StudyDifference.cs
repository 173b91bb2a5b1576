using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Views;

/// <summary>One thing that is otherwise in the second of two studies.</summary>
/// <param name="What">What: a parameter such as <c>optimizer.lr</c>, or <c>seeds</c>, <c>results</c>, <c>commit</c>, <c>engine</c> …</param>
/// <param name="From">In the first.</param>
/// <param name="To">In the second.</param>
internal sealed record StudyDifference(string What, string From, string To)
{
    /// <summary>Everything but the seed that two descriptions say otherwise.</summary>
    public static IEnumerable<StudyDifference> Of(TrialDescription first, TrialDescription second) =>
    [
        .. FactorWords.All.SelectMany(factor => Of(factor, first.Levels[factor], second.Levels[factor])),
        .. Of("budget", first.Budget.ToString(), second.Budget.ToString()),
        .. Of("evaluate_every", Number(first.EvaluateEvery), Number(second.EvaluateEvery)),
        .. Of("converged_below", Number(first.ConvergedBelow), Number(second.ConvergedBelow)),
        .. Of("stop_when", first.StopWhen?.ToString() ?? "none", second.StopWhen?.ToString() ?? "none"),
    ];

    /// <summary>A difference where there is one.</summary>
    public static ImmutableArray<StudyDifference> Of(string what, string first, string second) => first == second ? [] : [new(what, first, second)];

    /// <summary>What is known of several trials: each value once.</summary>
    public static ImmutableArray<StudyDifference> Of(string what, IEnumerable<string> first, IEnumerable<string> second)
    {
        var (left, right) = (Joined(first), Joined(second));
        // What nobody looked up is no difference.
        return left.Length == 0 || right.Length == 0 ? [] : Of(what, left, right);

        static string Joined(IEnumerable<string> values) => string.Join(", ", values.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Seeds in few words: <c>1 … 5, 9</c>.</summary>
    public static string Seeds(IEnumerable<long> seeds)
    {
        var parts = new List<string>();
        long[] sorted = [.. seeds.Distinct().Order()];
        for (var i = 0; i < sorted.Length;)
        {
            var end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            parts.Add(end == i ? Number(sorted[i]) : $"{Number(sorted[i])} … {Number(sorted[end])}");
            i = end + 1;
        }

        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }

    private static IEnumerable<StudyDifference> Of(Factor factor, Level first, Level second) => first.Kind != second.Kind
        ? [new(factor.ToWord(), first.Kind, second.Kind)]
        : first.Parameters.Entries.Keys.Union(second.Parameters.Entries.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(name => Of($"{factor.ToWord()}.{name}", Value(first, name), Value(second, name)));

    private static string Value(Level level, string name) => level.Parameters.Entries.GetValueOrDefault(name) switch
    {
        null => "absent",
        SpecValue.Text text => text.Value,
        var value => value.Canonical(),
    };

    private static string Number(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
