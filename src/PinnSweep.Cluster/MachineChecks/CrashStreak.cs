using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>
/// Suspects the machine when trials of different kinds crash on it one after another and none gets anywhere: bad memory or a broken library gives
/// no sign of itself. Once a check found the machine well, crashes are the trials' until one gets on again, so that a study of crashing trials ends.
/// </summary>
internal sealed class CrashStreak
{
    /// <summary>Different trials that crash in a row.</summary>
    public const int Limit = 3;

    private readonly HashSet<TrialKey> _crashed = [];
    private bool _isTrusted;

    /// <summary>A trial crashed; true when the machine is to be looked at before anything is charged.</summary>
    public bool Suspects(TrialKey crashed)
    {
        _crashed.Add(crashed);
        return !_isTrusted && _crashed.Count >= Limit;
    }

    /// <summary>A trial stored a checkpoint or a result here.</summary>
    public void GotOn()
    {
        _crashed.Clear();
        _isTrusted = false;
    }

    /// <summary>The machine was looked at and is well.</summary>
    public void WasChecked()
    {
        _crashed.Clear();
        _isTrusted = true;
    }
}
