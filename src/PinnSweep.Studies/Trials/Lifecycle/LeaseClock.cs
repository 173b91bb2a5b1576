using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// When each lease runs out. Renewals are frequent and worth nothing after a crash, so they are not journalled: a new coordinator gives
/// every open lease one more full term (<see cref="Extend"/>), or a failover would expire the whole fleet.
/// </summary>
public sealed class LeaseClock(TimeSpan term)
{
    private readonly Dictionary<AttemptId, DateTimeOffset> _until = [];

    /// <summary>Gives every open lease of a state one term from now.</summary>
    public void Extend(CoordinatorState state, DateTimeOffset now)
    {
        _until.Clear();
        foreach (var (key, lease) in state.Leases)
        {
            _until[new(key, lease.Attempt)] = now + term;
        }
    }

    /// <summary>Follows a decision: a granted lease starts to run, an ended one is forgotten.</summary>
    public void Follow(SweepEvent happened)
    {
        switch (happened)
        {
            case TrialLeased leased:
                _until[new(leased.Key, leased.Lease.Attempt)] = leased.Lease.Until;
                break;
            case TrialFaulted faulted:
                _until.Remove(new(faulted.Key, faulted.Record.Attempt));
                break;
            case TrialReleased released:
                _until.Remove(new(released.Key, released.Attempt));
                break;
            case TrialAccepted or TrialCancelled:
                // A late result ends the lease of a newer attempt, so every attempt of the trial goes.
                foreach (var ended in _until.Keys.Where(id => id.Key == ((TrialEvent)happened).Key).ToArray())
                {
                    _until.Remove(ended);
                }

                break;
        }
    }

    /// <summary>One more term from now for a lease that still runs; false where it does not.</summary>
    public bool Renew(AttemptId attempt, DateTimeOffset now)
    {
        if (!_until.ContainsKey(attempt))
        {
            return false;
        }

        _until[attempt] = now + term;
        return true;
    }

    /// <summary>
    /// Extends all leases by a time in which the coordinator did not run. In that time it could not read renewals either, and those that
    /// arrived are still to be read.
    /// </summary>
    public void Excuse(TimeSpan late)
    {
        foreach (var attempt in _until.Keys.ToArray())
        {
            _until[attempt] += late;
        }
    }

    /// <summary>The leases that have run out.</summary>
    public ImmutableArray<AttemptId> Expired(DateTimeOffset now) => [.. _until.Where(entry => entry.Value <= now).Select(entry => entry.Key)];
}
