using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// What a coordinator sees now. A node that does not coordinate shows none of it, and one that stopped shows it no longer: after a failover
/// nobody finds the queue of yesterday beside that of today.
/// </summary>
internal static class CoordinatorGauges
{
    private static readonly ConcurrentDictionary<CoordinatorFigures, bool> Coordinators = [];

    private static readonly ObservableGauge<long> Trials = Metering.Gauge(
        "pinnsweep.trials.known", "{trial}", "Trials of all studies by where they stand, each counted once.", TrialsByState, Labels.State);

    /// <summary>Whether anybody looks.</summary>
    public static bool AreRead => Trials.Enabled;

    static CoordinatorGauges()
    {
        Metering.Gauge(
            "pinnsweep.study.trials", "{trial}", "Trials of a study by where they stand; a settled study of before the coordinator's start is left out.", TrialsByStudy, Labels.Study, Labels.State);
        Metering.Gauge(
            "pinnsweep.study.stage", "{stage}", "The stage that a search or a replication is at, from 0.", StageByStudy, Labels.Study);
        Metering.Gauge(
            "pinnsweep.studies.known", "{study}", "Studies by where they stand.", Studies, Labels.State);
        Metering.Gauge(
            "pinnsweep.queue.trials", "{trial}", "Waiting trials by the state of their studies: those of an open one may be granted.", Queue, Labels.State);
        Metering.Gauge(
            "pinnsweep.leases.active", "{lease}", "Leases in force by the device they need.", Leases, Labels.Device);
        Metering.Gauge(
            "pinnsweep.workers.registered", "{worker}", "Registered workers by whether they take work.", Workers, Labels.State);
        Metering.Gauge(
            "pinnsweep.slots.registered", "{slot}", "Slots of the registered workers by device and by whether their worker takes work.", Slots, Labels.Device, Labels.State);
        Metering.Gauge(
            "pinnsweep.slots.leased", "{slot}", "Slots that leases occupy, by worker.", SlotsLeased, Labels.Worker);
        Metering.Gauge(
            "pinnsweep.training.rate", "{step}/s", "Optimizer steps a second of what a worker trains now, by the last word of its trainers.", Rates, Labels.Worker);
        Metering.Gauge(
            "pinnsweep.coordinator.epoch", "{coordinator}", "The coordinator's epoch: how many there were, this one included.", Epoch);
    }

    /// <summary>A coordinator begins.</summary>
    public static void Add(CoordinatorFigures figures) => Coordinators[figures] = true;

    /// <summary>It coordinates no more.</summary>
    public static void Remove(CoordinatorFigures figures) => Coordinators.TryRemove(figures, out _);

    private static IEnumerable<Measurement<long>> TrialsByState() =>
        from figures in Coordinators.Keys
        from count in figures.Trials.Counts
        select Of(count.Trials, Labels.With(Labels.State, count.State));

    private static IEnumerable<Measurement<long>> TrialsByStudy() =>
        from picture in Pictures
        from study in picture.State.Studies.Values
        where !study.IsSettled || Labels.Studies.Has(study.Name)
        group study by Labels.Studies.Of(study.Name) into named
        from count in (IEnumerable<(string State, int Trials)>)
        [
            ("waiting", named.Sum(study => study.Waiting.Count)), ("running", named.Sum(study => study.Leased)), ("accepted", named.Sum(study => study.Accepted)),
            ("quarantined", named.Sum(study => study.Quarantined)), ("cancelled", named.Sum(study => study.Cancelled)),
        ]
        select Of(count.Trials, Labels.With(Labels.Study, named.Key), Labels.With(Labels.State, count.State));

    private static IEnumerable<Measurement<long>> StageByStudy() =>
        from picture in Pictures
        from study in picture.State.Studies.Values
        where study.Stage is not null && (!study.IsSettled || Labels.Studies.Has(study.Name))
        group study.Stage!.Number by Labels.Studies.Of(study.Name) into named
        select Of(named.Max(), Labels.With(Labels.Study, named.Key));

    private static IEnumerable<Measurement<long>> Studies() => Counted(
        Labels.State,
        ["open", "paused", "settled", "cancelled"],
        picture => picture.State.Studies.Values.Select(study => (!study.IsWanted ? "cancelled" : study.IsSettled ? "settled" : study.IsPaused ? "paused" : "open", 1)));

    private static IEnumerable<Measurement<long>> Queue() => Counted(
        Labels.State,
        ["open", "paused"],
        picture => picture.State.Studies.Values.Where(study => study.IsWanted).Select(study => (study.IsPaused ? "paused" : "open", study.Waiting.Count)));

    private static IEnumerable<Measurement<long>> Leases() => Counted(
        Labels.Device,
        [Devices.Cpu, Devices.Gpu, "any"],
        picture => picture.State.Leases.Select(held => (held.Lease.Device ?? "any", 1)));

    private static IEnumerable<Measurement<long>> Workers() => Counted(
        Labels.State,
        ["ready", "paused", "draining"],
        picture => picture.Fleet.Select(worker => (StateOf(worker), 1)));

    private static IEnumerable<Measurement<long>> Slots() =>
        from picture in Pictures
        from state in (string[])["ready", "paused", "draining"]
        let workers = picture.Fleet.Where(worker => StateOf(worker) == state).ToArray()
        from count in (IEnumerable<(string Device, int Slots)>)[(Devices.Cpu, workers.Sum(worker => worker.Slots.Cpu)), (Devices.Gpu, workers.Sum(worker => worker.Slots.Gpu))]
        select Of(count.Slots, Labels.With(Labels.Device, count.Device), Labels.With(Labels.State, state));

    private static IEnumerable<Measurement<long>> SlotsLeased() =>
        from picture in Pictures
        let leased = picture.State.Leases.ToLookup(held => held.Lease.Worker.Name, held => held.Lease.Slots)
        from worker in picture.Fleet
        group leased[worker.Name].Sum() by Labels.Workers.Of(worker.Name) into named
        select Of(named.Sum(), Labels.With(Labels.Worker, named.Key));

    private static IEnumerable<Measurement<double>> Rates() =>
        from picture in Pictures
        from worker in picture.Fleet
        group picture.StepsPerSecond.GetValueOrDefault(worker.Name) by Labels.Workers.Of(worker.Name) into named
        select new Measurement<double>(named.Sum(), Labels.With(Labels.Worker, named.Key));

    private static IEnumerable<Measurement<long>> Epoch() => Pictures.Select(picture => Of(picture.State.Epoch));

    private static IEnumerable<CoordinatorFigures.Picture> Pictures => Coordinators.Keys.Select(figures => figures.Last).OfType<CoordinatorFigures.Picture>();

    private static string StateOf(FleetMember worker) => worker.IsDraining ? "draining" : worker.Paused is not null ? "paused" : "ready";

    /// <summary>A number for each of the words, 0 where nothing is.</summary>
    private static IEnumerable<Measurement<long>> Counted(string label, string[] words, Func<CoordinatorFigures.Picture, IEnumerable<(string Word, int Count)>> things) =>
        from picture in Pictures
        let counts = things(picture).GroupBy(thing => thing.Word, thing => thing.Count).ToDictionary(same => same.Key, same => same.Sum())
        from word in words
        select Of(counts.GetValueOrDefault(word), Labels.With(label, word));

    private static Measurement<long> Of(long value, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => new(value, labels);
}
