using System.Runtime.InteropServices;

namespace PinnSweep.Processes;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks for a clean stop, the second ends at once. The process is ours to end, so the runtime's own reaction
/// is switched off.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private int _count;
    private bool _isOver;

    public Interrupts()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Raise();
            }));
        }
    }

    /// <summary>Cancelled by the first interrupt.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>What a person who interrupts for the first time is told; set by the command that runs.</summary>
    public string? Message { get; set; }

    /// <summary>What is done before the process ends at once by a second interrupt; null where the terminal is as it was.</summary>
    public Action? BeforeEnd { get; set; }

    /// <summary>Ends the process at once by what was thrown where nobody waits for it, on a thread of its own.</summary>
    public void EndByDefect(Exception defect, IReadOnlyList<string> arguments)
    {
        BeforeEnd?.Invoke();
        Console.Error.WriteLine(DefectReport.Write(defect, arguments));
        ExitNow(ExitCode.Defect);
    }

    /// <summary>What a signal does.</summary>
    internal void Raise()
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            BeforeEnd?.Invoke();
            // Not Environment.Exit: that would wait for everybody's farewell. Trainers end when their input closes with us.
            ExitNow(ExitCode.Interrupted);
        }

        if (Message is { } message)
        {
            Console.Error.WriteLine(message);
        }

        lock (_lock)
        {
            // A signal that was on its way when the program came to its end has nothing left to stop.
            if (!_isOver)
            {
                // Not on the signal thread: what a cancellation sets off may take its time, and a second signal must still get through.
                _ = _stop.CancelAsync();
            }
        }
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }
}
