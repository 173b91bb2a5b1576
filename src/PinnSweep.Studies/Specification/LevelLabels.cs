using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>What tables call the levels of a factor.</summary>
internal static class LevelLabels
{
    /// <summary>
    /// One label a level, no label twice: the kind, and where siblings share it the parameters that tell them apart, for instance
    /// <c>static (boundary 100)</c>. Of siblings, the one with all defaults keeps the bare kind unless a word tells it apart,
    /// and a switch that is off by default is told only where it is on: <c>mlp</c> beside <c>mlp (hard)</c>.
    /// Parameters that are always told (<see cref="Parameter.IsTold"/>) stand there whatever the siblings. Long numbers are shortened
    /// (<see cref="ShortNumber"/>) as far as the labels stay different.
    /// </summary>
    public static IReadOnlyList<string> Of(Factor factor, IReadOnlyList<Level> levels, Catalog catalog) => Of(factor, levels, catalog, PlanningWatch.None);

    /// <summary>The same, with the labels of the study file in place of those that would be made; the watch may end it.</summary>
    /// <exception cref="OperationCanceledException">The planning shall end.</exception>
    /// <inheritdoc cref="Of(Factor, IReadOnlyList{Level}, Catalog)"/>
    internal static IReadOnlyList<string> Of(Factor factor, IReadOnlyList<Level> levels, Catalog catalog, PlanningWatch watch, IReadOnlyList<string?>? given = null)
    {
        int[] digits = [ShortNumber.Digits, 6, 9];
        foreach (var few in digits)
        {
            var labels = new LabelMaker(factor, levels, catalog, watch, few).Make(given);
            if (labels.Distinct().Count() == labels.Length)
            {
                return labels;
            }
        }

        return Unshortened(factor, levels, catalog, watch, given);
    }

    /// <summary>The same with every number in full: the labels of earlier versions, which study files may name.</summary>
    internal static IReadOnlyList<string> Unshortened(Factor factor, IReadOnlyList<Level> levels, Catalog catalog, PlanningWatch watch, IReadOnlyList<string?>? given = null)
    {
        var labels = new LabelMaker(factor, levels, catalog, watch, ShortNumber.All).Make(given);
        var taken = new HashSet<string>((given ?? []).OfType<string>());
        for (var i = 0; i < labels.Length; i++)
        {
            // The reader of the file refuses a given label that is another's; a plan that is made again with another catalog has no author
            // to ask.
            for (var copy = 1; given?[i] is null && !taken.Add(labels[i]); copy++)
            {
                labels[i] = copy == 1 ? LabelMaker.Join(levels[i].Kind, [levels[i].Parameters.Canonical()]) : FormattableString.Invariant($"{labels[i]} {copy}");
            }
        }

        return labels;
    }
}
