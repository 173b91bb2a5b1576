using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Formats;

/// <summary>Where a piece of a page leads to: from numbers to their trials, from keys to a trial, from figures to their files.</summary>
/// <param name="CellOf">The address of all trials of the cell that has this one; null where there is none.</param>
/// <param name="TrialOf">The address of a trial; null where there is none.</param>
/// <param name="FigureOf">The addresses of a figure of this name, on light and on dark ground.</param>
public sealed record FragmentLinks(Func<TrialKey, string?> CellOf, Func<TrialKey, string?> TrialOf, Func<string, (string Light, string Dark)> FigureOf);
