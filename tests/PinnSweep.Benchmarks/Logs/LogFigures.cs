using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Logs;

/// <summary>
/// Draws what the dashboards of <c>cluster-config/seq</c> show of the log files of a run, by the same events and properties, with the drawing
/// of the reports: pictures for the documents that anybody can make again.
/// </summary>
internal static class LogFigures
{
    private const string Minutes = "minutes";

    public static int Run(ReadOnlySpan<string> args)
    {
        var (logs, folder) = ("logs", "docs/images");
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--logs": logs = Value(args); break;
                case "--out": folder = Value(args); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'log'; there are --logs and --out.");
            }
        }

        var events = LoggedEvent.Read(logs);
        Directory.CreateDirectory(folder);
        foreach (var figure in (FigureModel[])[Trials(events), Cluster(events)])
        {
            var file = Path.Combine(folder, $"{figure.Name}.png");
            File.WriteAllBytes(file, FigurePainter.Png(figure));
            Console.WriteLine(file);
        }

        return 0;
    }

    private static FigureModel Trials(ImmutableArray<LoggedEvent> events)
    {
        var finished = events.Where(told => told.Name == "TrialFinished").GroupBy(told => told.Text("Balancer")).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        return new(
            "seq-trials",
            "Finished trials and best error so far by balancer",
            [
                Panel(events, "Trials finished", "trials", false, finished.Select((group, style) => Series(style, events, group, so => so.Count))),
                Panel(events, "Best error so far", "relative L2 error", true, finished.Select((group, style) => Series(
                    style, events, group.Where(told => told.Number("RelativeL2") > 0), so => so.Min(told => told.Number("RelativeL2"))))),
            ],
            [.. finished.Select((group, style) => new LegendEntry(group.Key, style))])
        {
            Size = FigureSize.Column,
        };
    }

    private static FigureModel Cluster(ImmutableArray<LoggedEvent> events)
    {
        var load = events.Where(told => told.Name == "CoordinatorLoad").ToArray();
        var timed = events.Where(told => told.Name == "TrialTimed").ToArray();
        return new(
            "seq-cluster",
            "Queue, slots and time a step",
            [
                Panel(events, "Queue and slots", "trials", false, ((string[])["Waiting", "Running", "Slots"]).Select((name, style) => Series(style, events, load, so => so[^1].Number(name)))),
                Panel(events, "Time a step", "ms", false, [Series(3, events, timed, so => so[^1].Number("MillisecondsPerStep"))]),
            ],
            [new("waiting", 0), new("in use", 1), new("slots", 2), new("of a finished trial", 3)])
        {
            Size = FigureSize.Column,
        };
    }

    // Panels have one scale of time; what is counted begins at 0.
    private static FigurePanel Panel(ImmutableArray<LoggedEvent> events, string title, string y, bool isLog, IEnumerable<FigureSeries> series)
    {
        ImmutableArray<FigureSeries> lines = [.. series.Where(line => !line.Band.X.IsEmpty)];
        var most = isLog || lines.IsEmpty ? 0 : lines.Max(line => line.Band.Middle.Max());
        return new(title, Minutes, y, isLog, lines, isLog ? null : new Interval(0, most)) { X = new(0, (events[^1].At - events[0].At).TotalMinutes) };
    }

    private static FigureSeries Series(int style, ImmutableArray<LoggedEvent> all, IEnumerable<LoggedEvent> some, Func<IReadOnlyList<LoggedEvent>, double> value)
    {
        LoggedEvent[] told = [.. some];
        ImmutableArray<double> y = [.. told.Select((_, i) => value(told[..(i + 1)]))];
        return new(style, new([.. told.Select(one => (one.At - all[0].At).TotalMinutes)], y, y, y), IsStepped: true);
    }
}
