using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// What pages show of a report as it stands. It holds tables and figures as models and none of the results behind them, so a node may keep
/// several.
/// </summary>
/// <param name="Standing">Accuracy, what is undecided, what is published, cost, evidence.</param>
/// <param name="Tuning">Searches, or the points of a design; empty in any other study.</param>
/// <param name="Figures">All figures, those of the sections among them, each once by its name.</param>
/// <param name="Finished">Trials with a result, of the cells compared.</param>
/// <param name="Planned">Trials planned of these.</param>
/// <param name="IsRanked">Whether the study allows to rank by now.</param>
public sealed record LiveReport(
    ImmutableArray<ReportSection> Standing, ImmutableArray<ReportSection> Tuning, ImmutableArray<FigureModel> Figures, int Finished, int Planned, bool IsRanked)
{
    /// <summary>The same of a report.</summary>
    /// <param name="report">The report as the store knows it.</param>
    /// <param name="cancel">Stops between sections.</param>
    public static LiveReport Of(StudyReport report, CancellationToken cancel = default)
    {
        var isRanked = LiveSections.IsRanked(report);
        var shown = isRanked ? report : LiveSections.Unranked(report);
        var standing = Visible(LiveSections.Standing(shown), cancel);
        var tuning = Visible(LiveSections.Tuning(shown), cancel);
        var figures = ImmutableArray.CreateBuilder<FigureModel>();
        foreach (var figure in LiveSections.Figures(shown))
        {
            cancel.ThrowIfCancellationRequested();
            figures.Add(VisibleDocument.Of(figure));
        }

        figures.AddRange(standing.Concat(tuning).SelectMany(section => section.Parts).OfType<ReportPart.Figure>().Select(part => part.Model));
        return new(standing, tuning, [.. figures.DistinctBy(figure => figure.Name)], report.Header.FinishedCount, report.Header.Planned, isRanked);
    }

    private static ImmutableArray<ReportSection> Visible(IEnumerable<ReportSection> sections, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return VisibleDocument.Of(new ReportDocument("", [.. sections])).Sections;
    }
}
