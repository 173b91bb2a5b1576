using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Benchmarks.Defaults;

/// <summary>How a default stands against plain training on one problem.</summary>
internal enum Default
{
    /// <summary>The interval of the ratio holds 1.</summary>
    Alike,

    /// <summary>It lies below 1.</summary>
    Better,

    /// <summary>It lies above 1.</summary>
    Worse,

    /// <summary>Most runs ended at a trivial solution or without a finite error, and most of plain training did not.</summary>
    Collapsed,

    /// <summary>The combination cannot be trained.</summary>
    NotApplicable,
}

/// <summary>One method on one problem.</summary>
/// <param name="Error">Geometric mean; NaN where no run has a finite error.</param>
/// <param name="Ratio">Geometric mean of the ratios to plain training by seed, with its interval.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Reason">Why it cannot be trained.</param>
internal sealed record DefaultsCell(double Error, LogErrorMean? Ratio, Default Verdict, string? Reason);

/// <summary>One method.</summary>
internal sealed record DefaultsRow(Factor Factor, string Kind, ImmutableArray<(string Problem, DefaultsCell Cell)> Cells)
{
    public static IEnumerable<DefaultsRow> Of(Factor factor, StudyPlan plan, ImmutableArray<ReportTrial> trials)
    {
        var problems = plan.Spec.Factors[Factor.Problem].Select(problem => problem.Kind).ToArray();
        foreach (var kind in DefaultsStudies.Kinds(factor))
        {
            yield return new(factor, kind, [.. problems.Select(problem => (problem, Cell(factor, kind, problem, plan, trials)))]);
        }
    }

    private static DefaultsCell Cell(Factor factor, string kind, string problem, StudyPlan plan, ImmutableArray<ReportTrial> trials)
    {
        if (plan.NotApplicable.FirstOrDefault(cell => cell.Levels[factor].Kind == kind && cell.Levels.Problem.Kind == problem) is { } left)
        {
            return new(double.NaN, null, Default.NotApplicable, left.Reason);
        }

        var ours = Of(kind);
        var plain = Of(DefaultsStudies.Control(factor)).Where(trial => trial.Error is not null).ToDictionary(trial => trial.Seed, trial => trial.Error!.Value);
        double[] errors = [.. ours.Where(trial => trial.Error is not null).Select(trial => trial.Error!.Value)];
        double[] ratios = [.. ours.Where(trial => trial.Error is not null && plain.ContainsKey(trial.Seed)).Select(trial => trial.Error!.Value / plain[trial.Seed])];
        var ratio = ratios.Length > 0 ? LogErrorMean.Of(ratios) : null;
        var control = DefaultsStudies.Control(factor);

        // Where plain training has not begun to learn yet, a method that has not either is none the worse for it.
        var verdict = HasCollapsed(ours) && (kind == control || !HasCollapsed(Of(control))) ? Default.Collapsed
            : ratio?.Interval is not { } interval ? Default.Alike
            : interval.Lower > 1 ? Default.Worse
            : interval.Upper < 1 ? Default.Better
            : Default.Alike;
        return new(errors.Length > 0 ? LogErrorMean.Of(errors).Mean : double.NaN, ratio, verdict, null);

        static bool HasCollapsed(ReportTrial[] runs) => 2 * runs.Count(trial => trial.Status is TrialStatus.Trivial or TrialStatus.Diverged || trial.Error is null) > runs.Length;

        ReportTrial[] Of(string one) => [.. trials.Where(trial => trial.Levels is { } levels && levels[factor].Kind == one && levels.Problem.Kind == problem)];
    }
}
