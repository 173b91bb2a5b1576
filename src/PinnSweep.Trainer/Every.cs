namespace PinnSweep.Trainer;

/// <summary>Says when a period has passed since it last said so.</summary>
internal sealed class Every(TimeProvider clock, double seconds)
{
    private long _last = clock.GetTimestamp();

    public bool IsDue()
    {
        if (clock.GetElapsedTime(_last).TotalSeconds < seconds)
        {
            return false;
        }

        _last = clock.GetTimestamp();
        return true;
    }
}
