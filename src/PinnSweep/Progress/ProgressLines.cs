using System.Globalization;
using PinnSweep.Cluster.Local;

namespace PinnSweep.Progress;

/// <summary>
/// Progress where lines cannot be drawn again: one line when something ended or went wrong, at most one a second, and one a minute as a
/// sign of life.
/// </summary>
internal sealed class ProgressLines(TextWriter writer)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private StudyProgress? _said;
    private TimeSpan _saidAt;

    /// <summary>Writes a line if it is time for one.</summary>
    public void Update(StudyProgress first, StudyProgress now, TimeSpan elapsed)
    {
        var news = _said is null || now.Done != _said.Done || now.Faults != _said.Faults || now.Quarantined != _said.Quarantined || now.Stage != _said.Stage;
        var ended = now.Done + now.Quarantined == now.Planned;
        if (!news ? elapsed - _saidAt < SignOfLife : _said is not null && elapsed - _saidAt < Between && !ended)
        {
            return;
        }

        writer.WriteLine(Line(first, now, elapsed));
        (_said, _saidAt) = (now, elapsed);
    }

    internal static string Line(StudyProgress first, StudyProgress now, TimeSpan elapsed)
    {
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{Pace.Clock(elapsed),8}  {now.Done}/{now.Planned} trials") };
        if (now.Stage is { } stage)
        {
            parts.Add(stage);
        }

        if (now.RunningCount > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.RunningCount} running"));
        }

        if (now.Faults > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.Faults} {(now.Faults == 1 ? "fault" : "faults")}"));
        }

        if (now.Quarantined > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.Quarantined} given up"));
        }

        if (now.Done + now.Quarantined < now.Planned && Pace.Left(first, now, elapsed) is { } left)
        {
            parts.Add($"{Pace.Clock(left)} left");
        }

        return string.Join(", ", parts);
    }
}
