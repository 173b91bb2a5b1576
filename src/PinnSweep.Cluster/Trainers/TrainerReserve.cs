using System.ComponentModel;
using System.Diagnostics;

namespace PinnSweep.Cluster.Trainers;

/// <summary>
/// Trainers that are started before anybody needs them, so that their start goes on beside that of the program: a third of a second each.
/// Whoever starts a trainer in the same way (<see cref="TrainerLaunch.Reserve"/>) gets one of these instead. Thread-safe.
/// </summary>
public sealed class TrainerReserve : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(TrainerLaunch Launch, Task<Process?> Starting)> _waiting;

    private TrainerReserve(List<(TrainerLaunch Launch, Task<Process?> Starting)> waiting) => _waiting = waiting;

    /// <summary>Begins to start one trainer for each launch, and returns at once.</summary>
    public static TrainerReserve Begin(params IEnumerable<TrainerLaunch> launches) =>
        new([.. launches.Select(launch => (launch, Task.Run(() => TryStart(launch))))]);

    /// <summary>Ends those that nobody took.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, starting) in _waiting)
            {
                if (starting.Result is { } process)
                {
                    End(process);
                }
            }

            _waiting.Clear();
        }
    }

    private static void End(Process process)
    {
        using (process)
        {
            try
            {
                ChildProcesses.Kill(process);
            }
            catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
            {
                // It ended by itself.
            }
        }
    }

    /// <summary>A process that was started in this way and lives; null where there is none.</summary>
    internal Process? Take(TrainerLaunch launch)
    {
        lock (_lock)
        {
            while (_waiting.FindIndex(one => one.Launch.StartsAs(launch)) is >= 0 and var found)
            {
                var starting = _waiting[found].Starting;
                _waiting.RemoveAt(found);
                if (starting.Result is not { } process)
                {
                    continue;
                }

                if (!process.HasExited)
                {
                    return process;
                }

                process.Dispose();
            }

            return null;
        }
    }

    /// <summary>Why one cannot be started is told to whoever asks for it and starts it then.</summary>
    private static Process? TryStart(TrainerLaunch launch)
    {
        try
        {
            return ChildProcesses.Start(launch.StartInfo());
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
