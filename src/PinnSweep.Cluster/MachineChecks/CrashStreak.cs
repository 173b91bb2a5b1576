using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>
/// Suspects the machine when trials of different kinds crash on it one after another and none gets anywhere: bad memory or a broken library
/// gives no sign of itself. Once a check found the machine well, crashes are the trials' until one gets on again, so that a study of
/// crashing trials ends. A value: what changes it gives a new one.
/// </summary>
/// <param name="Crashed">Different trials that crashed since one got on.</param>
/// <param name="IsTrusted">A check found the machine well since then.</param>
internal sealed record CrashStreak(ImmutableHashSet<TrialKey> Crashed, bool IsTrusted)
{
    /// <summary>Different trials that crash in a row.</summary>
    public const int Limit = 3;

    /// <summary>Nothing crashed and nothing was checked: a trial stored a checkpoint or a result here, or the worker is new.</summary>
    public static CrashStreak None { get; } = new([], false);

    /// <summary>The machine was looked at and is well.</summary>
    public static CrashStreak Checked { get; } = new([], true);

    /// <summary>Whether the machine is to be looked at before anything is charged.</summary>
    public bool IsSuspicious => !IsTrusted && Crashed.Count >= Limit;

    /// <summary>A trial crashed.</summary>
    public CrashStreak With(TrialKey crashed) => this with { Crashed = Crashed.Add(crashed) };
}
