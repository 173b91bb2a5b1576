using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Cluster.Security;
using PinnSweep.Storage.Alerts;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Alerts;

/// <summary>What a look leads to.</summary>
/// <param name="Memory">What is known from now on.</param>
/// <param name="Raised">What is to be told.</param>
/// <param name="Changed">What began, was told or ended.</param>
internal sealed record AlertDecision(AlertMemory Memory, ImmutableArray<Alert> Raised, ImmutableArray<StoredCondition> Changed);

/// <summary>
/// Finds what is to be told in what is seen: a pure function of what is seen and what was told. What happened to studies is read from their
/// state and not from events, so a coordinator that takes over finds what the last one had no time to tell. What lasts is told once each
/// time it begins; what comes back within ten minutes has not ended.
/// </summary>
internal sealed class AlertDecider
{
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);
    private static readonly double[] LastDays = [7, 1];

    private readonly AlertPlan _plan;
    private readonly DateTimeOffset _now;
    private readonly ImmutableArray<Alert>.Builder _raised = ImmutableArray.CreateBuilder<Alert>();
    private readonly ImmutableArray<StoredCondition>.Builder _changed = ImmutableArray.CreateBuilder<StoredCondition>();
    private AlertMemory _memory;

    private AlertDecider(AlertMemory memory, AlertPlan plan, DateTimeOffset now) => (_memory, _plan, _now) = (memory, plan, now);

    /// <summary>What the coordinator's view leads to.</summary>
    public static AlertDecision Decide(AlertMemory memory, AlertPlan plan, ClusterSight sight, DateTimeOffset now)
    {
        var decider = new AlertDecider(memory, plan, now);
        decider.LookAtStudies(sight.State);
        decider.LookAtWorkers(sight);
        return decider.Done();
    }

    /// <summary>What the machine's view leads to.</summary>
    public static AlertDecision Decide(AlertMemory memory, AlertPlan plan, MachineSight sight, DateTimeOffset now)
    {
        var decider = new AlertDecider(memory, plan, now);
        if (sight.Disk is { } disk)
        {
            decider.Hold(AlertEvent.StoreFull, "", disk.UsedPercent >= plan.StoreFullPercent, TimeSpan.Zero, (_, id) => AlertTexts.StoreFull(id, now, disk));
        }

        foreach (var end in sight.Certificates)
        {
            decider.LookAt(end);
        }

        return decider.Done();
    }

    private AlertDecision Done() => new(_memory, _raised.ToImmutable(), _changed.ToImmutable());

    private void LookAtStudies(CoordinatorState state)
    {
        foreach (var study in state.Studies.Values.Where(study => study.IsWanted))
        {
            if (study.IsSettled)
            {
                // Whoever retries what was given up settles the study a second time, with other counts.
                Once(
                    AlertEvent.StudySettled,
                    study,
                    Counts(study),
                    () => study.Trials.Max(key => state.Trials[key].SettledAt),
                    (id, at) => AlertTexts.StudySettled(id, at, study));
            }

            if (study.Quarantined > 0)
            {
                Once(
                    AlertEvent.FirstQuarantine,
                    study,
                    "first",
                    () => study.Trials.Select(key => state.Trials[key]).Where(trial => trial.Phase is TrialPhase.Quarantined).Max(trial => trial.SettledAt),
                    (id, at) => AlertTexts.FirstQuarantine(id, at, study, study.Trials.Select(key => state.Trials[key]).First(trial => trial.Phase is TrialPhase.Quarantined)));
            }
        }
    }

    private void LookAtWorkers(ClusterSight sight)
    {
        foreach (var worker in sight.Workers)
        {
            // Of a worker that is away nobody knows whether its machine is well.
            Hold(AlertEvent.MachineFault, worker.Name, worker.Paused is not null, TimeSpan.Zero, (_, id) => AlertTexts.MachineFault(id, _now, worker.Name, worker.Paused!));
        }

        var waiting = sight.State.Studies.Values.Where(study => study.IsOpen).Sum(study => study.Waiting.Count);
        var takesNone = !sight.Workers.Any(worker => worker is { IsDraining: false, Paused: null });
        Hold(AlertEvent.NoWorker, "", waiting > 0 && takesNone, _plan.NoWorkerFor, (since, id) => AlertTexts.NoWorker(id, _now, _now - since, waiting, sight.Workers));
    }

    private void LookAt(CertificateEnd end)
    {
        if (end.Left >= _plan.CertificateNotice)
        {
            return;
        }

        var days = LastDays.Where(days => end.Left < TimeSpan.FromDays(days)).Append(_plan.CertificateNotice.TotalDays).Min();
        var subject = string.Create(CultureInfo.InvariantCulture, $"{end.File} of {end.Name} until {end.At:yyyy-MM-dd HH:mm}, {days} days before");
        Hold(AlertEvent.CertificateEnd, subject, true, TimeSpan.Zero, (_, id) => AlertTexts.CertificateEnd(id, _now, end));
    }

    private static string Counts(StudyState study) =>
        string.Create(CultureInfo.InvariantCulture, $"{study.Trials.Length}/{study.Accepted}/{study.Quarantined}/{study.Cancelled}/{study.Faults}");

    /// <summary>Something that happens to a study, once. What happened before alerts began is not told.</summary>
    private void Once(AlertEvent kind, StudyState study, string occurrence, Func<DateTimeOffset?> at, Func<string, DateTimeOffset, Alert> tell)
    {
        var id = AlertId.Of(_memory.Origin.Id, kind, study.Hash, occurrence);
        var passed = $"{id} {Counts(study)}";
        if (_memory.Known.Contains(id) || _memory.Known.Contains(passed))
        {
            return;
        }

        var moment = at();
        if (moment >= _memory.Origin.BeganAt)
        {
            _raised.Add(tell(id, moment.Value));
            passed = id;
        }

        _memory = _memory with { Known = _memory.Known.Add(passed) };
    }

    /// <summary>Something that lasts.</summary>
    private void Hold(AlertEvent kind, string subject, bool holds, TimeSpan after, Func<DateTimeOffset, string, Alert> tell)
    {
        var key = (kind.Word(), subject);
        var before = _memory.Conditions.GetValueOrDefault(key);
        var condition = holds ? Begun(before, key) : before is { EndedAt: null } ? before with { EndedAt = _now } : before;
        if (holds && condition is { IsTold: false } && _now - condition.Since >= after)
        {
            var id = AlertId.Of(_memory.Origin.Id, kind, subject, condition.Occurrence.ToString(CultureInfo.InvariantCulture));
            _memory = _memory with { Known = _memory.Known.Add(id) };
            _raised.Add(tell(condition.Since, id));
            condition = condition with { IsTold = true };
        }

        if (condition is not null && condition != before)
        {
            _memory = _memory with { Conditions = _memory.Conditions.SetItem(key, condition) };
            _changed.Add(condition);
        }
    }

    private StoredCondition Begun(StoredCondition? before, (string Event, string Subject) key)
    {
        if (before is null)
        {
            return new(key.Event, key.Subject, 1, _now, false, null);
        }

        var isTheSame = before.EndedAt is not { } ended || (before.IsTold && _now - ended < Calm);
        return isTheSame ? before with { EndedAt = null } : new(key.Event, key.Subject, before.Occurrence + 1, _now, false, null);
    }
}
