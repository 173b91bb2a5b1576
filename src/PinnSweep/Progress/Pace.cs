using System.Globalization;
using PinnSweep.Cluster.Local;

namespace PinnSweep.Progress;

/// <summary>
/// How fast a study goes, counting the started parts of running trials so that a rate is known long before the first trial ends.
/// </summary>
internal static class Pace
{
    // Less than this says nothing yet: the first steps wait for the runtime and the compiler.
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);

    /// <summary>Trials finished, with parts.</summary>
    public static double Finished(StudyProgress progress) =>
        progress.Done + progress.Quarantined + progress.Running.Sum(trial => trial.Progress.Share);

    /// <summary>Time until every trial is settled; null while unknown.</summary>
    public static TimeSpan? Left(StudyProgress first, StudyProgress now, TimeSpan elapsed)
    {
        var made = Finished(now) - Finished(first);
        return elapsed < Warmup || made <= 0 ? null : elapsed * ((now.Planned - Finished(now)) / made);
    }

    /// <summary>A span as a person reads a clock: <c>0:45</c>, <c>12:03</c>, <c>3:05:00</c>, <c>2 d 4 h</c>.</summary>
    public static string Clock(TimeSpan span) =>
        span.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}");

    /// <summary>An error as tables write it; a dash before the first evaluation.</summary>
    public static string Error(double relativeL2) => double.IsNaN(relativeL2) ? "–" : relativeL2.ToString("0.00e0", CultureInfo.InvariantCulture);
}
