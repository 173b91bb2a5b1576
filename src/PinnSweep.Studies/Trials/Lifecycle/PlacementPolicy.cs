namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// Which trial a free slot gets. Studies: the highest priority first, then the one with the fewest running trials, then the older one;
/// never beyond its limit. Inside a study the first waiting trial by seed, then by place in the plan (<see cref="SeedOrder"/>), so that
/// methods keep step with each other and a retried trial is not put off until the end, with two exceptions that keep a fault from repeating
/// itself: a trial goes to a worker that it has not failed on while there is one, and one that ran out of memory gets twice the room each
/// time. What cannot be placed on this worker now is passed over, so others fill the slot; only one worker is held free for a trial that
/// needs more room, the first by name that is large enough. A worker that must stop soon is filled with trials of studies that fit into its
/// time, if there are any.
/// <para>
/// A worker whose trials share devices says which shapes it trains (<see cref="ShapeWish"/>). That decides only which trial of the study
/// whose turn it is goes: a trial that would join none of them lets one that does go first, if both belong to the same round of seeds and
/// neither was granted before. No trial starves: a trial goes ahead of others once at most, as it was granted then, so nobody is passed by
/// more trials than its round has, and one that was given back or failed is not passed at all. Studies take turns as ever.
/// </para>
/// </summary>
internal static class PlacementPolicy
{
    // A grant looks no further for a shape: plans have up to a million trials.
    private const int FarthestLook = 256;

    /// <summary>The next attempt to grant, or null.</summary>
    public static LeaseTrial? Next(CoordinatorState state, GrantWork grant, SlotCount free)
    {
        if (free.Total <= 0)
        {
            return null;
        }

        var open = state.Studies.Values
            .Where(study => IsGrantable(study) && free.Of(study.Placement.Device) > 0)
            .OrderBy(study => Fits(study, grant.SecondsLeft) ? 0 : 1)
            .ThenByDescending(study => study.Placement.Priority)
            .ThenBy(study => study.Leased)
            .ThenBy(study => study.Order);
        foreach (var study in open)
        {
            foreach (var position in study.Waiting)
            {
                var trial = state.Trials[study.Trials[position]];
                var device = study.Placement.Device;
                var room = RoomOf(trial, LargestOf(grant, device));
                if (!MayRunOn(trial, grant, device))
                {
                    continue;
                }

                if (room <= free.Of(device))
                {
                    return new(Joining(state, study, position, grant.Shapes) ?? trial.Key, grant.Worker, state.Epoch, device, room);
                }

                if (IsHeldFor(grant, device, room))
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>The trial of a wanted shape that goes before the one whose turn it is; null where none does.</summary>
    private static TrialKey? Joining(CoordinatorState state, StudyState study, int turn, ShapeWish? wish)
    {
        if (wish is null || wish.Running.IsEmpty || !IsNew(state, study, turn) || wish.Joins(study.Hash, turn))
        {
            return null;
        }

        var from = study.Waiting.IndexOf(turn) + 1;
        var to = Math.Min(study.Waiting.Count, from + FarthestLook);
        for (var place = from; place < to && study.RoundOf(study.Waiting[place]) == study.RoundOf(turn); place++)
        {
            if (wish.Joins(study.Hash, study.Waiting[place]) && IsNew(state, study, study.Waiting[place]))
            {
                return study.Trials[study.Waiting[place]];
            }
        }

        return null;
    }

    // It has failed nowhere and needs no more room than others, so it may run wherever another new one may.
    private static bool IsNew(CoordinatorState state, StudyState study, int position) => state.Trials[study.Trials[position]].Granted == 0;

    /// <summary>Whether anything of a study may be granted at all.</summary>
    public static bool IsGrantable(StudyState study) =>
        study.IsOpen && !study.Waiting.IsEmpty && (study.Placement.MaxRunning is not { } limit || study.Leased < limit);

    /// <summary>
    /// Slots that a trial occupies: doubled by every time it ran out of memory since the last retry, a whole worker at most.
    /// </summary>
    public static int RoomOf(TrialState trial, int largest)
    {
        var room = 1;
        foreach (var record in trial.Faults.AsSpan()[trial.Forgiven..])
        {
            if (record.Fault.Kind == FaultKind.OutOfMemory)
            {
                room *= 2;
            }
        }

        return Math.Max(1, Math.Min(room, largest));
    }

    /// <summary>False when the trial failed on this worker and another one could try it.</summary>
    private static bool MayRunOn(TrialState trial, GrantWork grant, string? device)
    {
        if (trial.Faults.Length == trial.Forgiven || !HasFailedOn(trial, grant.Worker.Name))
        {
            return true;
        }

        return !grant.Fleet.Any(other =>
            other.Name != grant.Worker.Name && other.TakesWork && other.Slots.Of(device) > 0 && !HasFailedOn(trial, other.Name));
    }

    private static bool HasFailedOn(TrialState trial, string worker)
    {
        foreach (var record in trial.Faults.AsSpan()[trial.Forgiven..])
        {
            // A worker that vanished says nothing of the trial.
            if (record.Worker.Name == worker && record.Fault.Kind != FaultKind.LostWorker)
            {
                return true;
            }
        }

        return false;
    }

    private static int LargestOf(GrantWork grant, string? device) =>
        grant.Fleet.IsDefaultOrEmpty ? grant.Free.Of(device) : grant.Fleet.Where(member => member.TakesWork).Select(member => member.Slots.Of(device)).DefaultIfEmpty(1).Max();

    private static bool IsHeldFor(GrantWork grant, string? device, int room) =>
        grant.Fleet
            .Where(member => member.TakesWork && member.Slots.Of(device) >= room)
            .Min(member => member.Name, StringComparer.Ordinal) == grant.Worker.Name;

    private static bool Fits(StudyState study, double? secondsLeft) =>
        secondsLeft is not { } left || study.MeanSeconds is not { } mean || mean <= left;

    private static string? Min<T>(this IEnumerable<T> items, Func<T, string> name, StringComparer comparer) =>
        items.Select(name).Order(comparer).FirstOrDefault();
}
