using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model;

/// <summary>One cell when all methods of its column have had the same.</summary>
/// <param name="Row">The method.</param>
/// <param name="AtSteps">Error after the column's common number of steps.</param>
/// <param name="AtSeconds">Error after the column's common training time.</param>
/// <param name="DivergedAtSteps">Trials without a finite error there.</param>
/// <param name="DivergedAtSeconds">Trials without a finite error there.</param>
/// <param name="IsUnsolved">Whether nothing speaks for its having solved the problem in the end.</param>
public sealed record ParityRow(string Row, LogErrorMean AtSteps, LogErrorMean AtSeconds, int DivergedAtSteps, int DivergedAtSeconds, bool IsUnsolved);

/// <summary>
/// Equal steps and equal training time side by side. A method that needs several backward passes a step looks better at equal steps than at
/// equal time; a table that shows one of the two hides which. The common budget is the most that every method has: the smallest, over
/// methods, of their trials' median. The error there is that of the last evaluation before it, so nothing is read from the future.
/// </summary>
/// <param name="Column">The problem.</param>
/// <param name="Steps">Common steps.</param>
/// <param name="Seconds">Common training time.</param>
/// <param name="Rows">The methods in the order of the table.</param>
public sealed record Parity(string Column, int Steps, double Seconds, ImmutableArray<ParityRow> Rows)
{
    /// <summary>Both parities on one column; null where fewer than two methods have finished a trial with a curve.</summary>
    public static Parity? Of(StudyReport report, ReportBlock block, string column)
    {
        var cells = block.Column(column)
            .Select(cell => (cell.Row, cell.IsWorthless, Results: cell.Trials.Where(trial => trial.Result is { Curve.IsEmpty: false }).ToArray()))
            .Where(cell => cell.Results.Any(trial => trial.Error is not null)).ToArray();
        if (cells.Length < 2)
        {
            return null;
        }

        var steps = (int)Math.Floor(cells.Min(cell => Descriptive.Median([.. Complete(cell.Results).Select(result => (double)result.Steps)])));
        var seconds = cells.Min(cell => Descriptive.Median([.. Complete(cell.Results).Select(result => result.Seconds)]));
        return new(
            column,
            steps,
            seconds,
            [
                .. cells.AsParallel().AsOrdered().Select(cell =>
                {
                    var errors = report.Source.Whole(cell.Results.Select(trial => trial.Key), ResultParts.Curve)
                        .Select(result => (AtSteps: At(result, point => point.Step <= steps, report.Header.Metric), AtSeconds: At(result, point => point.Seconds <= seconds, report.Header.Metric))).ToArray();
                    var (atSteps, divergedAtSteps) = Mean([.. errors.Select(error => error.AtSteps)]);
                    var (atSeconds, divergedAtSeconds) = Mean([.. errors.Select(error => error.AtSeconds)]);
                    return new ParityRow(cell.Row, atSteps, atSeconds, divergedAtSteps, divergedAtSeconds, cell.IsWorthless);
                }),
            ]);
    }

    // A diverged trial stops early and must not shorten everyone's budget.
    private static IEnumerable<TrialResult> Complete(ReportTrial[] trials) => trials.Where(trial => trial.Error is not null).Select(trial => trial.Result!);

    private static double At(TrialResult result, Func<CurvePoint, bool> isBefore, string metric) =>
        result.Curve.LastOrDefault(isBefore) is { } point ? ReportTrial.Metric(result, point, metric) : double.NaN;

    private static (LogErrorMean Mean, int Diverged) Mean(double[] errors)
    {
        double[] finite = [.. errors.Where(double.IsFinite)];
        return (LogErrorMean.Of(finite), errors.Length - finite.Length);
    }
}
