using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model;

/// <summary>A level of a study in full: what its label stands for.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Label">What tables call it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Parameters">Every parameter, those included that the level leaves out of trials' keys.</param>
/// <param name="NotDefault">
/// Parameters that differ from the defaults of the catalog by which the study was planned, or have none; null where the stored plan does
/// not say. The catalog of the program that reports is not asked: it may have other defaults, and a stored study owns its plan.
/// </param>
public sealed record ReportLevel(Factor Factor, string Label, string Kind, SpecValue.Map Parameters, ImmutableArray<string>? NotDefault)
{
    /// <summary>Whether a reader should see at once that the parameter is not the default.</summary>
    public bool IsMarked(string parameter) => NotDefault?.Contains(parameter) ?? false;

    /// <summary>
    /// All levels of all factors, each once, in the order of the study file. A plan without notes may have been rebuilt from the trials.
    /// Then a level that no trial has is left out, because its parameters are unknown.
    /// </summary>
    public static ImmutableArray<ReportLevel> AllOf(StudyPlan plan)
    {
        var trained = FactorWords.All.ToDictionary(factor => factor, factor => plan.Cells.Select(cell => cell.Levels[factor]).ToHashSet());
        var labels = FactorWords.All.ToDictionary(factor => factor, _ => new Dictionary<Level, string>());
        foreach (var (levels, own) in plan.Cells.Select(cell => (cell.Levels, cell.Labels)).Concat(plan.NotApplicable.Select(cell => (cell.Levels, cell.Labels))))
        {
            foreach (var factor in FactorWords.All)
            {
                labels[factor].TryAdd(levels[factor], plan.Spec.Methods?.Factors.Contains(factor) ?? false ? levels[factor].Kind : StudyLabels.Of(levels, own, factor));
            }
        }

        return
        [
            .. from factor in FactorWords.All
               from level in plan.Spec.Factors.GetValueOrDefault(factor, []).Concat(labels[factor].Keys).Distinct()
               where labels[factor].ContainsKey(level) && (plan.Spec.NoteOf(factor, level) is not null || trained[factor].Contains(level))
               select Of(plan.Spec, factor, level, labels[factor][level]),
        ];
    }

    private static ReportLevel Of(StudySpec spec, Factor factor, Level level, string label) => spec.NoteOf(factor, level) is { } note
        ? new(factor, label, level.Kind, new(level.Parameters.Entries.SetItems(note.LeftOut.Entries)), note.NotDefault)
        : new(factor, label, level.Kind, level.Parameters, null);
}
