using System.Globalization;
using PinnSweep.Cluster.Local;
using PinnSweep.Planning;
using PinnSweep.Studies.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PinnSweep.Progress;

/// <summary>The live picture of a study: a pure function of what is known.</summary>
internal static class ProgressView
{
    private const int BarWidth = 32;
    private const int TrialBarWidth = 10;
    private const int RowsShown = 12;

    /// <param name="study">Its name.</param>
    /// <param name="varying">The factors that tell trials apart.</param>
    /// <param name="first">What was there when this run began.</param>
    /// <param name="now">What is there now.</param>
    /// <param name="elapsed">Time between the two.</param>
    /// <param name="stopping">A clean stop was asked for.</param>
    /// <param name="advice">What Ctrl-C does where it is not a clean stop.</param>
    public static IRenderable Render(string study, Varying varying, StudyProgress first, StudyProgress now, TimeSpan elapsed, bool stopping, string? advice = null) =>
        new Rows(Overall(study, first, now, elapsed), Trials(varying, now), Foot(now, elapsed, stopping, advice));

    private static Markup Overall(string study, StudyProgress first, StudyProgress now, TimeSpan elapsed)
    {
        var share = now.Planned == 0 ? 1 : Pace.Finished(now) / now.Planned;
        var left = Pace.Left(first, now, elapsed) is { } span ? $"{Pace.Clock(span)} left" : "";
        return new(string.Create(CultureInfo.InvariantCulture, $"[bold]{Shown(study)}[/]  {Bar(share, BarWidth, "green")}  [bold]{now.Done}[/]/{now.Planned} trials  {100 * share:0}%  [grey]{left}[/]"));
    }

    private static Table Trials(Varying varying, StudyProgress now)
    {
        var table = new Table().NoBorder().HideHeaders();
        foreach (var (name, alignment) in ((string, Justify)[])[("trial", Justify.Left), ("seed", Justify.Left), ("bar", Justify.Left), ("step", Justify.Left), ("error", Justify.Left), ("rate", Justify.Right), ("attempt", Justify.Left)])
        {
            table.AddColumn(new TableColumn(name) { Alignment = alignment, Padding = new(0, 0, 2, 0), NoWrap = true });
        }

        foreach (var trial in now.Running.OrderBy(trial => varying.Name(trial.Labels), StringComparer.Ordinal).ThenBy(trial => trial.Seed).Take(RowsShown))
        {
            table.AddRow(
                $"  {Shown(varying.Name(trial.Labels))}",
                string.Create(CultureInfo.InvariantCulture, $"[grey]seed[/] {trial.Seed}"),
                Bar(trial.Progress.Share, TrialBarWidth, "blue"),
                string.Create(CultureInfo.InvariantCulture, $"[grey]step[/] {trial.Progress.Step}"),
                $"[grey]error[/] {Pace.Error(trial.Progress.RelativeL2)}",
                trial.Progress.StepsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"{trial.Progress.StepsPerSecond:0} [grey]steps/s[/]") : "",
                trial.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $"[yellow]attempt {trial.Attempt}[/]") : "");
        }

        return table;
    }

    private static Markup Foot(StudyProgress now, TimeSpan elapsed, bool stopping, string? advice)
    {
        var parts = new List<string> { Pace.Clock(elapsed) };
        if (now.Stage is { } stage)
        {
            parts.Add(Shown(stage));
        }

        if (now.RunningCount > RowsShown)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.RunningCount - RowsShown} more running"));
        }

        if (now.TrialsPerSecond > 0)
        {
            parts.Add(now.TrialsPerSecond >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{now.TrialsPerSecond:0.0} trials/s")
                : string.Create(CultureInfo.InvariantCulture, $"{60 * now.TrialsPerSecond:0.0} trials/min"));
        }

        if (now.Faults > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"[yellow]{now.Faults} {(now.Faults == 1 ? "fault" : "faults")}[/]"));
        }

        if (now.Quarantined > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"[red]{now.Quarantined} given up[/]"));
        }

        parts.Add(advice ?? (stopping ? "[yellow]stopping: running trials write a checkpoint; Ctrl-C again ends at once[/]" : "Ctrl-C stops cleanly"));
        return new($"[grey]  {string.Join(" · ", parts)}[/]");
    }

    private static string Shown(string words) => Markup.Escape(VisibleText.Line(words));

    private static string Bar(double share, int width, string colour)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * width);
        return $"[{colour}]{new string('━', full)}[/][grey]{new string('─', width - full)}[/]";
    }
}
