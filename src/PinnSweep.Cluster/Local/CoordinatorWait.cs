using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Local;

/// <summary>
/// What a run says while no coordinator answers it. A busy machine, a full disk and a database that is away are waited for as long as they
/// last; what cannot pass by itself ends the run. Looks at the store on a thread of its own: it may be the store that does not answer.
/// </summary>
internal sealed class CoordinatorWait(Store store, ILogger log, Action<Exception> end)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private int _isLooking;
    private TimeSpan _next = First;

    /// <summary>Told again and again how long nobody has answered.</summary>
    public void Silent(TimeSpan silence)
    {
        if (silence < First)
        {
            _next = First;
        }
        else if (silence >= _next && Interlocked.Exchange(ref _isLooking, 1) == 0)
        {
            _next = silence + (silence < Longest ? silence : Longest);
            _ = Task.Run(() => Look(silence));
        }
    }

    private void Look(TimeSpan silence)
    {
        try
        {
            switch (store.FindTrouble())
            {
                case { MayPass: false } trouble:
                    end(new UserMistakeException($"{trouble.Words}. The run ends; what was finished is in the store, and the same command goes on"));
                    break;
                case { } trouble:
                    LogEvents.CoordinatorAwaited(log, (int)silence.TotalSeconds, trouble.Words);
                    break;
                default:
                    LogEvents.CoordinatorAwaited(log, (int)silence.TotalSeconds, "nothing is wrong with the store, so the machine is busy");
                    break;
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }
}
