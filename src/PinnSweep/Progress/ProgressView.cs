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
    private const int LeastBar = 4;
    private const int Between = 2;

    // Names, seed, bar, step, error, rate, attempt.
    private static readonly NarrowRows.Column[] Columns = [new(8, IsName: true), new(6), new(4), new(1), new(7), new(2), new(5)];

    /// <param name="study">Its name.</param>
    /// <param name="varying">The factors that tell trials apart.</param>
    /// <param name="first">What was there when this run began.</param>
    /// <param name="now">What is there now.</param>
    /// <param name="elapsed">Time between the two.</param>
    /// <param name="stopping">A clean stop was asked for.</param>
    /// <param name="width">Letters of a line of the terminal.</param>
    /// <param name="advice">What Ctrl-C does where it is not a clean stop.</param>
    public static IRenderable Render(string study, Varying varying, StudyProgress first, StudyProgress now, TimeSpan elapsed, bool stopping, int width, string? advice = null) =>
        new Rows(Overall(study, first, now, elapsed, width), Trials(varying, now, width), Foot(now, elapsed, stopping, advice));

    private static Markup Overall(string study, StudyProgress first, StudyProgress now, TimeSpan elapsed, int width)
    {
        var share = now.Planned == 0 ? 1 : Pace.Finished(now) / now.Planned;
        var left = Pace.Left(first, now, elapsed) is { } span ? $"{Pace.Clock(span)} left" : "";
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{now.Done}/{now.Planned} trials  {100 * share:0}%  {left}");
        var bar = Math.Min(BarWidth, width - study.Length - numbers.Length - (2 * Between));
        return new(string.Create(CultureInfo.InvariantCulture, $"[bold]{Shown(study)}[/]  {(bar >= LeastBar ? $"{Bar(share, bar, "green")}  " : "")}[bold]{now.Done}[/]/{now.Planned} trials  {100 * share:0}%  [grey]{left}[/]"));
    }

    private static Rows Trials(Varying varying, StudyProgress now, int width)
    {
        var rows = now.Running.OrderBy(trial => varying.Name(trial.Labels), StringComparer.Ordinal).ThenBy(trial => trial.Seed).Take(RowsShown).Select(trial => (Entry[])
        [
            new("", VisibleText.Line(varying.Name(trial.Labels))),
            new("seed ", string.Create(CultureInfo.InvariantCulture, $"{trial.Seed}")),
            new("", new string('━', TrialBarWidth)) { Drawn = Bar(trial.Progress.Share, TrialBarWidth, "blue") },
            new("step ", string.Create(CultureInfo.InvariantCulture, $"{trial.Progress.Step}")),
            new("error ", Pace.Error(trial.Progress.RelativeL2)),
            trial.Progress.StepsPerSecond > 0 ? new("", string.Create(CultureInfo.InvariantCulture, $"{trial.Progress.StepsPerSecond:0}"), " steps/s") { IsFlushRight = true } : new("", ""),
            trial.Attempt > 1 ? new("", string.Create(CultureInfo.InvariantCulture, $"attempt {trial.Attempt}")) { Colour = "yellow" } : new("", ""),
        ]).ToArray();
        if (rows.Length == 0)
        {
            return new();
        }

        var widths = NarrowRows.Widths([.. Columns.Select((_, column) => rows.Max(row => row[column].Length))], Columns, Between, width - Between);
        return new(rows.Select(row => new Markup("  " + string.Join("  ", row.Select((entry, column) => (Entry: entry, Width: widths[column])).Where(pair => pair.Width > 0).Select(pair => pair.Entry.In(pair.Width))))));
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

    /// <summary>An entry of a trial's line: grey words around what it tells.</summary>
    private sealed record Entry(string Before, string Text, string After = "")
    {
        public string? Drawn { get; init; }

        public string? Colour { get; init; }

        public bool IsFlushRight { get; init; }

        public int Length => Before.Length + Text.Length + After.Length;

        public string In(int width)
        {
            var blanks = new string(' ', Math.Max(0, width - Length));
            var text = Drawn ?? Markup.Escape(NarrowRows.Cut(Text, width - Before.Length - After.Length));
            var shown = $"{Grey(Before)}{(Colour is null ? text : $"[{Colour}]{text}[/]")}{Grey(After)}";
            return IsFlushRight ? blanks + shown : shown + blanks;
        }

        private static string Grey(string words) => words.Length == 0 ? "" : $"[grey]{words}[/]";
    }
}
