using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Progress;

/// <summary>
/// The picture of a watched study on a whole terminal: header, cells, what runs, what happened, workers. A pure function of what is known
/// and of the size. Sections share the height; scrolled down, they stand there in full.
/// </summary>
internal static class WatchFrame
{
    private const int BarWidth = 10;
    private const int Header = 3;
    private const int Footer = 2;
    private const int Least = 3;
    private const int Between = 2;

    // Key, names, seed, bar, error, rate, worker, attempt.
    private static readonly NarrowRows.Column[] RunningColumns = [new(3), new(8, IsName: true), new(6), new(5), new(7), new(2), new(1, IsName: true), new(4)];

    // Time, kind, key, worker, words.
    private static readonly NarrowRows.Column[] EventColumns = [new(4), new(5), new(2), new(1, IsName: true), new(3, IsName: true)];

    /// <summary>The lines, as many as the terminal has.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Its lines.</param>
    /// <param name="scroll">Lines scrolled down; 0 shows the beginning of every section.</param>
    public static IReadOnlyList<string> Lines(WatchState state, int width, int height, int scroll)
    {
        var room = Math.Max(0, height - Header - Footer);
        var sections = Sections(state, width);
        List<string> body = scroll > 0 ? [.. sections.SelectMany(section => section).Skip(Math.Min(scroll, MostScroll(state, width, height))).Take(room)] : Shared(sections, room);
        body.AddRange(Enumerable.Repeat("", Math.Max(0, room - body.Count)));
        return [.. ((IEnumerable<string>)[.. Head(state, width), .. body, Machines(state), Foot(state)]).Take(height).Select(line => Cut(VisibleText.Line(line), width))];
    }

    /// <summary>How far down there is something to see.</summary>
    public static int MostScroll(WatchState state, int width, int height) =>
        Math.Max(0, Sections(state, width).Sum(section => section.Count) - Math.Max(0, height - Header - Footer));

    /// <summary>Each section gets what it needs as far as there is room, and the last line of a cut one says how much is missing.</summary>
    private static List<string> Shared(IReadOnlyList<IReadOnlyList<string>> sections, int room)
    {
        var given = sections.Select(section => Math.Min(section.Count, Least)).ToArray();
        for (var left = room - given.Sum(); left > 0;)
        {
            var before = left;
            for (var i = 0; i < given.Length && left > 0; i++)
            {
                if (given[i] < sections[i].Count)
                {
                    (given[i], left) = (given[i] + 1, left - 1);
                }
            }

            if (before == left)
            {
                break;
            }
        }

        return [.. sections.SelectMany((section, i) => given[i] == section.Count
            ? section
            : section.Take(given[i] - 1).Append(string.Create(CultureInfo.InvariantCulture, $"  … {section.Count - given[i] + 1} more lines, ↓ shows them"))).Take(room)];
    }

    private static IReadOnlyList<IReadOnlyList<string>> Sections(WatchState state, int width) =>
    [
        [.. state.Cells is null ? [] : MatrixText.Lines(state.Cells, width), ""],
        [.. Running(state.Study, width), ""],
        [.. Happened(state, width)],
    ];

    private static IEnumerable<string> Head(WatchState state, int width)
    {
        var study = state.Study;
        var share = study.Planned == 0 ? 1 : (study.Accepted + study.Quarantined + (study.Running ?? []).Sum(Share)) / study.Planned;
        var left = state.Left is { } span ? $"  {Pace.Clock(span)} left" : "";
        var numbers = string.Create(CultureInfo.InvariantCulture, $"  {study.Accepted}/{study.Planned} trials  {100 * share:0}%{left}");
        var title = $"{study.Name} {study.Hash[..Math.Min(8, study.Hash.Length)]}: {StudyStateWords.Of(study)}";
        var room = width - title.Length - numbers.Length - 2;
        yield return room >= 4 ? $"{title}  {Bar(share, Math.Min(room, 40))}{numbers}" : Cut(title, Math.Max(1, width - numbers.Length)) + numbers;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{study.RunningCount} run, {study.Waiting} wait, {study.Quarantined} given up, {study.Faults} {(study.Faults == 1 ? "fault" : "faults")}{(study.Stage is { } stage ? $" · {stage.Words}" : "")}{(study.MaxRunning is { } most ? $" · at most {most} at a time" : "")}");
        yield return "";
    }

    private static IEnumerable<string> Running(StudyModel study, int width)
    {
        var rows = (study.Running ?? []).Select(trial => (IReadOnlyList<string>)
        [
            trial.Key[..8],
            string.Join(" · ", (study.Varying ?? []).Select(factor => trial.Labels.GetValueOrDefault(factor, ""))),
            string.Create(CultureInfo.InvariantCulture, $"seed {trial.Seed}"),
            Bar(Share(trial), BarWidth),
            Pace.Error(trial.RelativeL2 ?? double.NaN),
            trial.StepsPerSecond is > 0 and var rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0}/s") : "",
            trial.Worker,
            trial.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $"attempt {trial.Attempt}") : "",
        ]).ToArray();
        return rows.Length == 0 ? ["nothing runs"]
            : [.. Aligned(rows, RunningColumns, width), .. study.RunningCount > rows.Length ? [string.Create(CultureInfo.InvariantCulture, $"and {study.RunningCount - rows.Length} more run")] : (string[])[]];
    }

    private static IEnumerable<string> Happened(WatchState state, int width) => state.Events.Count == 0 ? ["nothing happened in the last minutes"] : Aligned(
        [
            .. state.Events.Reverse().Select(one => (IReadOnlyList<string>)
            [
                one.At.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                one.Kind,
                one.Key[..8],
                one.Worker ?? "",
                one.Words,
            ]),
        ],
        EventColumns,
        width);

    private static string Machines(WatchState state) => state.Workers is not { } workers ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{workers.Total} {(workers.Total == 1 ? "worker" : "workers")}, {workers.Workers.Sum(worker => worker.Running)} trials on {workers.Workers.Sum(worker => worker.Cpu + worker.Gpu)} slots{Ailing(workers)}");

    private static string Ailing(WorkersModel workers)
    {
        var ailing = workers.Workers.Where(worker => worker.IsDraining || worker.Paused is not null).ToArray();
        return ailing.Length == 0 ? "" : $" · {string.Join(", ", ailing.Select(worker => $"{worker.Name} {(worker.IsDraining ? "drains" : "pauses")}"))}";
    }

    private static string Foot(WatchState state) => $"{(state.Trouble is { } trouble ? $"{trouble} · " : "")}{Pace.Clock(state.Elapsed)} · q or Ctrl-C ends the watching, the study goes on · ↑ ↓ PgUp PgDn";

    /// <summary>Columns as wide as their widest entry, as far as there is room (<see cref="NarrowRows"/>).</summary>
    private static IEnumerable<string> Aligned(IReadOnlyList<string>[] rows, NarrowRows.Column[] columns, int width)
    {
        var widths = NarrowRows.Widths([.. columns.Select((_, column) => rows.Max(row => row[column].Length))], columns, Between, width);
        return rows.Select(row => string.Concat(row.Select((entry, column) => widths[column] == 0 ? "" : $"{Cut(entry, widths[column]).PadRight(widths[column] + Between)}")).TrimEnd());
    }

    private static double Share(RunningModel trial) => trial.Total > 0 ? Math.Clamp(trial.Completed / trial.Total, 0, 1) : 0;

    private static string Bar(double share, int width)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * width);
        return new string('━', full) + new string('─', width - full);
    }

    private static string Cut(string text, int width) => NarrowRows.Cut(text, width);
}
