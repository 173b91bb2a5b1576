using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Alerts;

/// <summary>What an alert says: facts for programs, and a sentence for people.</summary>
internal static class AlertTexts
{
    private const double Gibibyte = 1 << 30;

    public static Alert StudySettled(string id, DateTimeOffset at, StudyState study) => new(
        id,
        AlertEvent.StudySettled,
        at,
        [("trials", study.Trials.Length), ("accepted", study.Accepted), ("quarantined", study.Quarantined), ("cancelled", study.Cancelled), ("faults", study.Faults)],
        string.Create(
            CultureInfo.InvariantCulture,
            $"Study {study.Name} is settled: {study.Accepted} of {study.Trials.Length} trials have a result{(study.Quarantined == 0 ? "" : $", {study.Quarantined} were given up after repeated faults")}."))
    {
        Study = (study.Name, study.Hash),
    };

    public static Alert FirstQuarantine(string id, DateTimeOffset at, StudyState study, TrialState trial)
    {
        var last = trial.Faults.IsEmpty ? null : trial.Faults[^1];
        return new(
            id,
            AlertEvent.FirstQuarantine,
            at,
            [("trial", trial.Key.Hex), ("attempts", trial.Granted), ("fault", last?.Fault.Kind.ToString() ?? ""), ("worker", last?.Worker.Name ?? ""), ("quarantined", study.Quarantined)],
            string.Create(
                CultureInfo.InvariantCulture,
                $"The first trial of study {study.Name} was given up after repeated faults: {trial.Key.Short}{(last is null ? "" : $", last on {last.Worker.Name}: {OneLine(last.Fault.Message)}")}. `pinnsweep why {trial.Key.Short}` says more."))
        {
            Study = (study.Name, study.Hash),
        };
    }

    public static Alert NoWorker(string id, DateTimeOffset at, TimeSpan since, int waiting, ImmutableArray<FleetMember> workers)
    {
        var (paused, draining) = (workers.Count(worker => worker.Paused is not null), workers.Count(worker => worker is { IsDraining: true, Paused: null }));
        return new(
            id,
            AlertEvent.NoWorker,
            at,
            [("minutes", Math.Round(since.TotalMinutes, 1)), ("waiting", waiting), ("workers", workers.Length), ("paused", paused), ("draining", draining)],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(waiting == 1 ? "1 trial waits" : $"{waiting} trials wait")}, and no worker has taken any for {since.TotalMinutes:0.#} minutes: {(workers.IsEmpty ? "none is registered" : $"{paused} pause, {draining} drain")}."));
    }

    public static Alert MachineFault(string id, DateTimeOffset at, string worker, string why) => new(
        id,
        AlertEvent.MachineFault,
        at,
        [("worker", worker), ("reason", why)],
        $"Worker {worker} pauses because of its machine and goes on by itself when this is over: {OneLine(why)}.");

    public static Alert StoreFull(string id, DateTimeOffset at, DiskSight disk) => new(
        id,
        AlertEvent.StoreFull,
        at,
        [("place", disk.Place), ("used_percent", Math.Round(disk.UsedPercent, 1)), ("free_bytes", disk.Free)],
        string.Create(CultureInfo.InvariantCulture, $"The disk of the store {disk.Place} is {disk.UsedPercent:0.#} % full, {disk.Free / Gibibyte:0.0} GiB are free; a full one ends the coordination until there is room."));

    public static Alert CertificateEnd(string id, DateTimeOffset at, CertificateEnd end) => new(
        id,
        AlertEvent.CertificateEnd,
        at,
        [("file", end.File), ("name", end.Name), ("ends_at", end.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), ("days", Math.Floor(end.Left.TotalDays))],
        $"{end}. {end.Remedy}.");

    public static Alert Test(string id, DateTimeOffset at) => new(
        id,
        AlertEvent.Test,
        at,
        [],
        "This is a test of PinnSweep's alerts; nothing has happened.");

    // Sentences of machines and trainers may be of many lines.
    private static string OneLine(string text) => Logging.OneLine.Of(text, null).TrimEnd('.');
}
