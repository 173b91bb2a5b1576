using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model;

/// <summary>
/// Which factors a table puts on its rows and columns. Of the others each is held at one level, averaged over, or (where neither is asked
/// for) faceted: every combination of their levels is a block of its own.
/// </summary>
/// <param name="Rows">The factor under comparison.</param>
/// <param name="Columns">The factor it is compared on.</param>
public sealed record ReportAxes(Factor Rows, Factor Columns)
{
    /// <summary>Factors held at the level with this label: trials of other levels are left out.</summary>
    public ImmutableSortedDictionary<Factor, string> Only { get; init; } = ImmutableSortedDictionary<Factor, string>.Empty;

    /// <summary>Factors averaged over: their levels are replicates of a cell, as its seeds are, and are paired as seeds are.</summary>
    public ImmutableSortedSet<Factor> Averaged { get; init; } = [];

    /// <summary>The factor whose levels are called by the names of methods that set several factors; null where a study has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Factor? Methods { get; init; }

    /// <summary>What tables call the rows' levels: the factor, or <c>method</c>.</summary>
    [JsonIgnore]
    public string RowsWord => WordOf(Rows);

    /// <summary>What tables call the columns' levels.</summary>
    [JsonIgnore]
    public string ColumnsWord => WordOf(Columns);

    /// <summary>
    /// Problems as columns, and as rows the factor with most levels besides; the balancer where none has more than it. Where there is one
    /// problem, the factor with most levels after the rows' is the columns. A study that varies nothing is a table of one row.
    /// </summary>
    public static ReportAxes For(StudyPlan plan)
    {
        var cells = StagedViews.Nominal(plan);
        var order = FactorWords.All
            .Where(factor => factor != Factor.Problem)
            .OrderByDescending(Levels)
            .ThenBy(factor => factor == Factor.Balancer ? 0 : 1)
            .ThenBy(factor => factor)
            .ToArray();
        return new(order[0], Levels(Factor.Problem) == 1 && Levels(order[1]) > 1 ? order[1] : Factor.Problem) { Methods = plan.Spec.Methods?.Carrier };

        int Levels(Factor factor) => StudyLabels.Of(cells, factor).Length;
    }

    /// <summary>The default axes with what a user asked for put over them.</summary>
    /// <exception cref="UserMistakeException">One factor is asked for twice, or a level that the study does not have.</exception>
    public static ReportAxes Chosen(StudyPlan plan, Factor? rows, Factor? columns, IReadOnlyCollection<(Factor Factor, string Label)> only, IReadOnlyCollection<Factor> averaged)
    {
        var standard = For(plan);
        var chosenRows = rows ?? (columns == standard.Rows ? standard.Columns : standard.Rows);
        var chosenColumns = columns ?? (chosenRows == standard.Columns ? standard.Rows : standard.Columns);
        if (chosenRows == chosenColumns)
        {
            throw new UserMistakeException($"rows and columns are both '{chosenRows.ToWord()}'; name two factors");
        }

        foreach (var factor in averaged.Where(factor => factor == chosenRows || factor == chosenColumns))
        {
            throw new UserMistakeException($"'{factor.ToWord()}' is on an axis and cannot be averaged over too");
        }

        foreach (var (factor, label) in only)
        {
            var labels = StudyLabels.Of(StagedViews.Nominal(plan), factor);
            if (!labels.Contains(label))
            {
                throw new UserMistakeException($"'{label}' is no {factor.ToWord()} of study '{plan.Spec.Name}'{NearestMatch.Hint(label, labels)}");
            }
        }

        return standard with { Rows = chosenRows, Columns = chosenColumns, Only = only.ToImmutableSortedDictionary(pair => pair.Factor, pair => pair.Label), Averaged = [.. averaged] };
    }

    /// <summary>What tables call the levels of a factor.</summary>
    public string WordOf(Factor factor) => factor == Methods ? "method" : factor.ToWord();
}
