using PinnSweep.Views;

namespace PinnSweep.Pages;

/// <summary>How fast a study goes, from when its last trials were accepted, so that any node can tell it at once.</summary>
/// <param name="TrialsAnHour">Trials finished in an hour at this rate.</param>
/// <param name="Left">Time until every trial is settled at this rate, the started parts of running ones counted as done.</param>
internal sealed record StudyPace(double TrialsAnHour, TimeSpan Left)
{
    // Enough to even out short and long trials, few enough to notice that workers came or went.
    private const int Looked = 50;
    private const int Fewest = 3;

    /// <summary>The pace now; null while nothing runs or too little was finished.</summary>
    /// <param name="study">The study.</param>
    /// <param name="since">Results from before, of other studies, say nothing about its pace.</param>
    /// <param name="now">The time.</param>
    public static StudyPace? Of(StudyView study, DateTimeOffset since, DateTimeOffset now)
    {
        if (study.Status is not { RunningCount: > 0 } status)
        {
            return null;
        }

        var last = study.Trials.Select(trial => trial.AcceptedAt).OfType<DateTimeOffset>().Where(at => at > since).OrderDescending().Take(Looked).ToArray();
        if (last.Length < Fewest || now <= last[^1])
        {
            return null;
        }

        var perSecond = (last.Length - 1) / (now - last[^1]).TotalSeconds;
        var open = status.Waiting + study.Trials.Where(trial => trial.Phase == "running").Sum(trial => 1 - trial.Share);
        var seconds = open / perSecond;
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? new(3600 * perSecond, TimeSpan.FromSeconds(seconds)) : null;
    }
}
