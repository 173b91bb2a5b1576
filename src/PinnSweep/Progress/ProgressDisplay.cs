using System.Diagnostics;
using PinnSweep.Logging;
using PinnSweep.Planning;
using PinnSweep.Terminals;
using Spectre.Console;

namespace PinnSweep.Progress;

/// <summary>Shows a running study until it ends: live on a terminal, by lines elsewhere.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>Awaits the run and shows its progress meanwhile.</summary>
    public static async Task<T> ShowAsync<T>(Task<T> run, string study, Varying varying, LatestProgress progress, Terminal terminal, ConsoleSink logs, CancellationToken stop, string? advice = null)
    {
        var clock = Stopwatch.StartNew();
        if (!terminal.ErrorIsLive)
        {
            var lines = new ProgressLines(terminal.Error);
            await EveryAsync(run, () => Draw(progress, (first, now) => lines.Update(first, now, clock.Elapsed)));
            return await run;
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal.Screen) });
        using (logs.Through(line => console.WriteLine(line)))
        {
            await console.Live(new Text($"{study}: starting…")).AutoClear(true).StartAsync(async context =>
                await EveryAsync(run, () => Draw(progress, (first, now) =>
                    context.UpdateTarget(ProgressView.Render(study, varying, first, now, clock.Elapsed, stop.IsCancellationRequested, console.Profile.Width, advice)))));
        }

        return await run;
    }

    private static void Draw(LatestProgress progress, Action<Cluster.Local.StudyProgress, Cluster.Local.StudyProgress> draw)
    {
        if (progress is { First: { } first, Now: { } now })
        {
            draw(first, now);
        }
    }

    private static async Task EveryAsync(Task run, Action draw)
    {
        using var timer = new PeriodicTimer(LivePeriod);
        while (!run.IsCompleted)
        {
            draw();
            await Task.WhenAny(run, timer.WaitForNextTickAsync().AsTask());
        }

        draw();
    }
}
